import { expect, it } from 'vitest';
import { styles } from './render/styles.ts';
import { terminalLine } from './terminal-line.ts';

it('keeps our colours and writes every other escape out', () => {
  const ours = styles(true).bad('✗');
  expect(terminalLine(`${ours} Ada\u001b]0;owned\u0007\u009b2J\u202e`)).toBe(
    `${ours} Ada\\u001b]0;owned\\u0007\\u009b2J\\u202e`,
  );
});

it('leaves a line of JSON with the same meaning', () => {
  const value = { name: 'a\u009bb\u202ec' };
  expect(JSON.parse(terminalLine(JSON.stringify(value)))).toEqual(value);
});
