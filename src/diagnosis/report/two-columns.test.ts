import { describe, expect, it } from 'vitest';
import { wrongOrder } from '../../../test/fixtures/explanations.ts';
import { differences } from './differences.ts';
import type { ReportStyles } from './report-styles.ts';
import { textWidth } from './text-width.ts';
import { twoColumns } from './two-columns.ts';

const same = (text: string) => text;
const plain: ReportStyles = { bold: same, dim: same, good: same, warn: same, bad: same };
const rows = differences(wrongOrder);

describe('twoColumns', () => {
  it('sets sent and right side by side, with a mark for each change', () => {
    expect(twoColumns(rows, 100, plain)).toEqual([
      '  sent                               │ right',
      '~ POST /v1/shelf/shelf_0042/order    │ POST /v1/orders',
      '- Authorization: Bearer $API_TOKEN   │',
      '+                                    │ X-Shop-Key: $X_SHOP_KEY',
      '~ shelf_id in the path: "shelf_0042" │ shelf_id: "shelf_0042"',
      '  ?notify=yes                        │ ?notify=yes',
      '~ isbn_number: "978-0-00-000000-2"   │ isbn: "978-0-00-000000-2"',
      '~ quantity: "two"                    │ quantity: integer',
      '~ gift_note: "For Ada"               │ extras.gift_note: "For Ada"',
      '- colour: "red"                      │',
      '+                                    │ customer_id: "<customer_id>"',
    ]);
  });

  it('wraps inside the columns where they are narrow', () => {
    expect(twoColumns(rows.slice(0, 4), 58, plain)).toEqual([
      '  sent                           │ right',
      '~ POST                           │ POST /v1/orders',
      '    /v1/shelf/shelf_0042/order   │',
      '- Authorization: Bearer          │',
      '    $API_TOKEN                   │',
      '+                                │ X-Shop-Key: $X_SHOP_KEY',
      '~ shelf_id in the path:          │ shelf_id: "shelf_0042"',
      '    "shelf_0042"                 │',
    ]);
  });

  it('sets them one below the other where two columns hold no name', () => {
    expect(twoColumns(rows.slice(0, 5), 44, plain)).toEqual([
      '- POST /v1/shelf/shelf_0042/order',
      '+ POST /v1/orders',
      '- Authorization: Bearer $API_TOKEN',
      '+ X-Shop-Key: $X_SHOP_KEY',
      '- shelf_id in the path: "shelf_0042"',
      '+ shelf_id: "shelf_0042"',
      '  ?notify=yes',
    ]);
  });

  it.each([40, 56, 60, 80, 120])('keeps within %s columns', (width) => {
    const wide = { what: 'field', change: 'changed', findings: [] } as const;
    const long = [
      ...rows,
      { ...wide, sent: `注文: "${'注'.repeat(200)}"`, right: `${'a'.repeat(300)}: 1` },
      { ...wide, sent: 'a\u001b[2J\n\tb', right: undefined },
    ];
    for (const line of twoColumns(long, width, plain)) {
      expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(line).not.toContain('\u001b');
    }
  });

  it('colours the sides, and says the same without', () => {
    const coloured = { ...plain, bad: (text: string) => `<${text}>`, good: (text: string) => `{${text}}` };
    const [, first = ''] = twoColumns(rows.slice(0, 1), 100, coloured);
    expect(first).toBe('~ <POST /v1/shelf/shelf_0042/order> │ {POST /v1/orders}');
  });
});
