import type { FinishedCheck, Statement } from '../../diagnosis/index.ts';
import type { Styles } from './styles.ts';

/** How a statement is introduced: an order of authority that the reader can see. */
export const authorityNames: Readonly<Record<Statement['authority'], string>> = {
  live: 'live answer',
  document: 'OpenAPI document',
  sdk: 'SDK',
  documentation: 'documentation',
  unverified: 'unverified',
  setting: 'setting',
};

export const checkMarks = { ok: '✓', warning: '!', failed: '✗', skipped: '·' } as const;

/** The lines of one finished check. Its texts hold no control characters: the runner has taken them out. */
export function checkLines(check: FinishedCheck, style: Styles): string[] {
  const tone = { ok: style.good, warning: style.warn, failed: style.bad, skipped: style.dim }[check.status];
  const head = `${tone(checkMarks[check.status])} ${style.bold(check.name.padEnd(18))} `;
  const summary = check.status === 'skipped' ? style.dim(check.summary) : check.summary;
  const open = check.status === 'failed' || check.status === 'warning';
  return [
    head + summary,
    ...check.evidence.map(({ authority, text }) => style.dim(`    ${authorityNames[authority]}: ${text}`)),
    ...(check.follows ? [style.dim(`    so: ${check.follows}`)] : []),
    ...(open && check.fix ? [`    ${style.dim('→')} ${check.fix}`] : []),
  ];
}

/** The last line: how many of each. */
export function countLine(finished: readonly FinishedCheck[]): string {
  const count = (status: FinishedCheck['status']) =>
    finished.filter((check) => check.status === status).length;
  return [
    `${count('ok')} passed`,
    ...(count('warning') > 0 ? [`${count('warning')} with a warning`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('skipped') > 0 ? [`${count('skipped')} skipped`] : []),
  ].join(', ');
}
