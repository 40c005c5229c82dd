import { expect, it } from 'vitest';
import { styles } from './styles.ts';
import { tableLines } from './table.ts';

const plain = styles(false);

it('aligns columns by what a terminal shows', () => {
  const lines = tableLines(
    ['id', 'name'],
    [
      ['a', '電話'],
      ['bcd', 'x'],
    ],
    plain,
  );
  expect(lines).toEqual(['id   name', 'a    電話', 'bcd  x']);
});

it('shows a dash where nothing is known', () => {
  expect(tableLines(['id', 'name'], [['a', undefined]], plain)[1]).toBe('a   –');
});

it('lets no cell move the cursor or break the line', () => {
  const [, row] = tableLines(['name'], [['\u001b[2Jevil\nname']], plain);
  expect(row).toBe('evil name');
});

it('cuts a cell that is too long', () => {
  const [, row] = tableLines(['name', 'what'], [['x'.repeat(100), 'y'.repeat(300)]], plain);
  expect(row).toHaveLength(60 + 2 + 200);
});
