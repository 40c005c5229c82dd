import { printable } from '../../kernel/printable.ts';

/** What a spreadsheet takes for the start of a formula, also in their full-width forms (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * One record of CSV by RFC 4180, each field in quotes and on one line, without its line end. A field that a spreadsheet would
 * run as a formula gets an apostrophe before it: a telephone number too, which would otherwise lose its plus.
 */
export function csvRecord(fields: readonly (string | undefined)[]): string {
  return fields.map((field) => quoted(printable(field ?? '', 2000))).join(',');
}

function quoted(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
