import type { MendedFile } from '../../diagnosis/scan/mended-files.ts';
import type { ScannedCall, ScanReport } from '../../diagnosis/scan/scan-report.ts';
import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';

const mostUnread = 20;

/** The calls that are wrong, each with its findings and what is to be done, or was; then what could not be read. */
export function scanLines(
  report: ScanReport,
  style: Styles,
  written: readonly MendedFile[] = [],
): readonly string[] {
  const done = new Set(written.flatMap(({ plans }) => plans));
  const wrong = report.calls.filter(({ explanation }) => explanation.verdict === 'wrong');
  const lines = wrong.flatMap((call) => {
    const isDone = call.mend.kind === 'certain' && done.has(call.mend.edits);
    return [...callLines(call, style, isDone), ''];
  });
  const shown = report.unread.slice(0, mostUnread);
  for (const { file, line, via, why } of shown) {
    lines.push(style.dim(`? ${printable(file, 200)}:${line} ${printable(via, 60)}: ${printable(why, 300)}`));
  }
  const more = report.unread.length - shown.length;
  if (more > 0) lines.push(style.dim(`? and ${more} more that cannot be read (--json lists them)`));
  return lines;
}

function callLines(call: ScannedCall, style: Styles, isDone: boolean): string[] {
  const { explanation, findings, mend } = call;
  const { request, operation } = explanation;
  const file = printable(call.file, 200);
  const lines = [
    `${style.bold(`${file}:${call.line}`)} ${printable(call.via, 60)}: ${request.method} ${printable(request.path, 200)}`,
  ];
  for (const { line, column, finding } of findings) {
    const { severity, rule, message } = finding;
    const mark = severity === 'error' ? style.bad('✗') : severity === 'warning' ? style.warn('!') : '·';
    lines.push(`  ${mark} ${file}:${line}:${column} ${printable(message, 400)} ${style.dim(`(${rule})`)}`);
  }
  const without =
    request.host === '' ? 'The host is not written in this file' : 'The document does not say its host';
  if (operation) lines.push(`  → ${operation.method} ${printable(operation.fullPath, 200)}`);
  if (call.known === 'path') lines.push(style.dim(`  ${without}: judged by the path.`));
  if (call.known === 'likeness') {
    lines.push(style.dim(`  ${without}, and the path is only like one of the API.`));
  }
  if (mend.kind === 'certain') lines.push(style.good(isDone ? '  Mended.' : '  --write mends it.'));
  if (mend.kind === 'by-hand') {
    lines.push(`  By hand, for ${printable(mend.why, 300)}. It would be:`);
    for (const line of mend.snippet) lines.push(`    ${indented(line)}`);
  }
  return lines;
}

/** As `printable`, with the spaces in front. */
function indented(line: string): string {
  return (/^ */.exec(line)?.[0] ?? '') + printable(line, 300);
}

/** One line: what was found. */
export function scanCount(report: ScanReport, isWriting: boolean): string {
  const wrong = report.calls.filter(({ explanation }) => explanation.verdict === 'wrong');
  const mendable = wrong.filter(({ mend }) => mend.kind === 'certain').length;
  const { read, skipped } = report.files;
  return [
    `${count(report.calls.length, 'call')} in ${count(read, 'file')}:`,
    `${report.calls.length - wrong.length} right,`,
    `${wrong.length} wrong${mendable > 0 && !isWriting ? ` (--write mends ${mendable})` : ''},`,
    `${report.unread.length} not read${skipped.length > 0 ? `; ${count(skipped.length, 'file')} skipped` : ''}.`,
  ].join(' ');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
