import type { Figures } from './figures.ts';
import type { Judgement } from './judge.ts';

export function printFigures(figures: Figures): void {
  const kinds = Object.entries(figures.byKind);
  const width = Math.max(5, ...kinds.map(([kind]) => kind.length));
  const row = (name: string, ...cells: string[]) =>
    console.log(name.padEnd(width) + cells.map((cell) => cell.padStart(11)).join(''));
  row('kind', 'cases', 'first', 'in three', 'field map');
  for (const [kind, one] of kinds)
    row(kind, String(one.cases), percent(one.first), percent(one.top3), percent(one.fieldMap));
  row('all', String(figures.cases), percent(figures.first), percent(figures.top3), percent(figures.fieldMap));
  console.log('');
  const facts: readonly (readonly [string, string])[] = [
    ['false alarms on valid requests', percent(figures.falseAlarms)],
    ['field maps made up where none is due', percent(figures.fieldMapInvented)],
    ['missing fields named', percent(figures.missing)],
    ['type errors named', percent(figures.typeErrors)],
    ['fields without a place named', percent(figures.fieldsGone)],
    ['abstained on unanswerable requests', percent(figures.abstained)],
    ['calibration error (equal width)', figures.calibrationError.toFixed(4)],
    ['calibration error (equal mass)', figures.calibrationErrorEqualMass.toFixed(4)],
    ['calibration error with unanswerable', figures.calibrationErrorWithUnanswerable.toFixed(4)],
    ['time a request, p50 and p99', `${figures.p50Ms.toFixed(2)} ms, ${figures.p99Ms.toFixed(2)} ms`],
  ];
  for (const [name, value] of facts) console.log(`${name.padEnd(40)}${value}`);
}

/** Each in three lines: what was sent, what is right, what was said. */
export function printFailures(judgements: readonly Judgement[]): void {
  for (const one of judgements.filter(hasFailed)) {
    const { request, expected, id } = one.case;
    const { operation, alternatives, fieldMap, findings, verdict } = one.explanation;
    const body = request.body === null ? '' : ` ${cut(JSON.stringify(request.body), 400)}`;
    const { full_path: _, change: __, ...right } = expected;
    console.log(
      `${id} [${faults(one).join(', ')}]: ${request.method} ${request.path} ${request.status}${body}`,
    );
    console.log(`  expected ${cut(JSON.stringify(right), 400)}`);
    const said = [...(operation ? [operation] : []), ...alternatives].slice(0, 4);
    const list = said.map((it) => `${it.confidence.toFixed(3)} ${it.method} ${it.path}`).join(' | ');
    const named = findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${cut(message, 120)}`);
    console.log(`  ours ${verdict}: ${list} ${JSON.stringify(fieldMap)} ${cut(named.join('; '), 500)}`);
  }
}

export function hasFailed(one: Judgement): boolean {
  return faults(one).length > 0;
}

function faults(one: Judgement): string[] {
  const named: readonly (readonly [string, boolean | undefined])[] = [
    ['first', one.answerable && !one.first],
    ['three', one.answerable && !one.top3],
    ['map', one.fieldMap === false],
    ['made-up map', one.invented],
    ['missing', one.missing === false],
    ['type', one.typeErrors === false],
    ['gone', one.fieldsGone === false],
    ['false alarm', one.falseAlarm],
    ['guessed', one.abstained === false],
  ];
  return named.filter(([, failed]) => failed === true).map(([name]) => name);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}
