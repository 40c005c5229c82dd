import { printable } from '../../kernel/printable.ts';
import type { EndpointPast, Explanation, Finding, Hypothesis } from '../explanation.ts';
import { type Proof, proofLines } from '../proof.ts';
import { spokenName } from '../rules/spoken-name.ts';
import { codeLine } from './code-line.ts';
import { certainty } from './confidence-words.ts';
import { type Difference, differences } from './differences.ts';
import { documentWords } from './document-words.ts';
import { type CodeLanguage, codeNames, fixCode } from './fix-code.ts';
import type { ReportStyles } from './report-styles.ts';
import { evidenceWords, historySentences } from './sentences.ts';
import { twoColumns } from './two-columns.ts';
import { wrap } from './wrap.ts';

export interface TerminalOptions {
  /** In columns. The lines keep within it, but for code and commands, which are there to be copied. */
  readonly width: number;
  readonly style: ReportStyles;
  readonly language?: CodeLanguage;
  readonly proof?: Proof;
}

const verdictMarks = { wrong: '✗', 'nothing-wrong': '✓', 'cannot-tell': '?' } as const;
const severityMarks = { error: '✗', warning: '!', note: '·' } as const;
const proofMarks = { shown: '✓', against: '✗', open: '·' } as const;

/** An explanation for a terminal: the answer first, then sent beside right, then what it rests on, then what to send instead. */
export function terminalLines(explanation: Explanation, options: TerminalOptions): string[] {
  const { style } = options;
  const width = Math.max(40, options.width);
  const { operation, alternatives, findings, fix, history } = explanation;
  const wrong = explanation.verdict === 'wrong';
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', style.bold(title), ...lines];
  return [
    ...answerLines(explanation, width, style),
    ...(wrong ? ['', ...twoColumns(condensed(differences(explanation)), width, style)] : []),
    ...section(
      'What was found',
      findings.flatMap((finding) => findingLines(finding, width, style)),
    ),
    ...section(
      'What it rests on',
      operation && wrong ? hypothesisLines(operation, width, style, { most: 6, confirm: true }) : [],
    ),
    ...section('What became of the endpoint', history ? historyLines(history, width) : []),
    ...section(
      wrong ? 'It could also be' : 'Nearest in the document',
      alternatives
        .slice(0, 3)
        .flatMap((one) => hypothesisLines(one, width, style, { most: 1, confirm: !wrong })),
    ),
    ...(fix && wrong
      ? section(`Send this instead (${codeNames[options.language ?? 'curl']})`, [
          ...fixCode(fix, options.language ?? 'curl')
            .split('\n')
            .map(codeLine),
          ...droppedLines(fix.dropped, width),
        ])
      : []),
    ...(fix && wrong
      ? section(
          'What is known of it',
          proofLines(options.proof).flatMap(({ state, text }) => {
            const tone = { shown: style.good, against: style.bad, open: style.dim }[state];
            return toned(wrap(`${proofMarks[state]} ${text}`, width, 2), proofMarks[state], tone);
          }),
        )
      : []),
    ...section(
      'Read in',
      explanation.documents.flatMap((document) => wrap(`  ${documentWords(document)}`, width, 4)),
    ),
  ];
}

function answerLines({ verdict, answer }: Explanation, width: number, style: ReportStyles): string[] {
  const mark = verdictMarks[verdict];
  const tone = { wrong: style.bad, 'nothing-wrong': style.good, 'cannot-tell': style.warn }[verdict];
  const [first = '', ...others] = answer.map((line) => printable(line, 600));
  const [head = '', ...rest] = wrap(`${mark} ${first}`, width, 2);
  return [
    `${tone(mark)} ${style.bold(head.slice(mark.length + 1))}`,
    ...rest.map(style.bold),
    ...others.flatMap((line) => wrap(`  ${line}`, width, 2)),
  ];
}

function findingLines(finding: Finding, width: number, style: ReportStyles): string[] {
  const mark = severityMarks[finding.severity];
  const tone = { error: style.bad, warning: style.warn, note: style.dim }[finding.severity];
  const head = `${mark} ${finding.rule}: ${printable(finding.message)}`;
  return [
    ...toned(wrap(head, width, 2), mark, tone),
    ...finding.evidence.flatMap((one) => wrap(`    ${evidenceWords(one)}`, width, 6).map(style.dim)),
    ...(finding.fix ? wrap(`  → ${printable(finding.fix)}`, width, 4) : []),
  ];
}

function hypothesisLines(
  one: Hypothesis,
  width: number,
  style: ReportStyles,
  { most, confirm }: { readonly most: number; readonly confirm: boolean },
): string[] {
  const summary = one.summary ? `: ${printable(one.summary, 120)}` : '';
  const deprecated = one.deprecated ? ', deprecated' : '';
  const head = `${one.method} ${printable(one.fullPath)}${summary}, ${certainty(one)}${deprecated}`;
  const reasons = (label: string, lines: readonly string[]) =>
    lines.slice(0, most).flatMap((line) => wrap(`    ${label}: ${printable(line)}`, width, 6).map(style.dim));
  return [
    ...wrap(`  ${head}`, width, 4),
    ...reasons('for', one.evidence.for),
    ...reasons('against', one.evidence.against),
    ...(confirm ? [`    to confirm: ${printable(one.confirm, 2000)}`] : []),
  ];
}

function historyLines(history: EndpointPast, width: number): string[] {
  return historySentences(history).flatMap((line) => wrap(`  ${line}`, width, 4));
}

/** What is right already is told in short: it is there to find one's way. */
function condensed(rows: readonly Difference[]): readonly Difference[] {
  const short: Difference[] = [];
  for (let from = 0; from < rows.length; ) {
    const next = rows.findIndex(({ change }, index) => index >= from && change !== 'same');
    const run = rows.slice(from, next === -1 ? rows.length : next);
    const [first] = run;
    if (run.length > 3 && first) {
      short.push(first, { ...first, sent: `… ${run.length - 1} more`, right: 'as they are', findings: [] });
    } else {
      short.push(...run);
    }
    const changed = next === -1 ? undefined : rows[next];
    if (changed) short.push(changed);
    from += run.length + 1;
  }
  return short;
}

function droppedLines(dropped: readonly string[], width: number): string[] {
  if (dropped.length === 0) return [];
  const names = dropped.slice(0, 20).map((name) => printable(spokenName(name, ''), 80));
  // Apart from the code, which is there to be copied.
  return [
    '',
    ...wrap(
      `Left out, as the operation does not know ${dropped.length === 1 ? 'it' : 'them'}: ${names.join(', ')}`,
      width,
      2,
    ),
  ];
}

function toned(
  [first = '', ...rest]: readonly string[],
  mark: string,
  tone: (text: string) => string,
): string[] {
  return [`${tone(mark)}${first.slice(mark.length)}`, ...rest];
}
