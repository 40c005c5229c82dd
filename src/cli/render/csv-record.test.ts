import { expect, it } from 'vitest';
import { csvRecord } from './csv-record.ts';

it('quotes each field and doubles quotes, by RFC 4180', () => {
  expect(csvRecord(['a', 'b, c', 'say "no"', undefined])).toBe('"a","b, c","say ""no""",""');
});

it.each(['=1+1', '+12125550142', '-1', '@SUM(A1)', '＝1+1'])('makes no formula of %s', (text) => {
  expect(csvRecord([text])).toBe(`"'${text}"`);
});

it('keeps a record on one line, and finds a formula behind what is not printable', () => {
  expect(csvRecord(['a\r\nb', '\t=1+1', '\u200b=1+1'])).toBe(`"a b","'=1+1","'=1+1"`);
});
