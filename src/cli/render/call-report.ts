import type { CallReport, Outcome } from '../../calls/index.ts';
import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';

/** Minutes and seconds, `0:07`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A call that is over, for a person: what was said, how it ended, what it cost, what the agent made of it. */
export function reportLines(report: CallReport, style: Styles): string[] {
  return [
    '',
    ...transcriptLines(report, style),
    ...outcomeLines(report, style),
    ...factLines(report),
    ...analysisLines(report, style),
  ];
}

function transcriptLines({ transcript }: CallReport, style: Styles): string[] {
  if (transcript.length === 0) return ['No transcript: nothing was said.', ''];
  const lines = transcript.map(({ speaker, text, atSecs, interrupted }) => {
    const who = speaker === 'agent' ? 'agent ' : 'callee';
    return `${style.dim(atSecs === undefined ? '' : clockTime(atSecs).padStart(5))} ${style.bold(who)} ${printable(text, 4000)}${interrupted ? style.dim(' (interrupted)') : ''}`;
  });
  return [...lines, ''];
}

/** How a call ended, what that was read from, and what to do. */
export function outcomeLines({ outcome }: { readonly outcome: Outcome }, style: Styles): string[] {
  const mark =
    outcome.kind === 'answered'
      ? style.good('✓')
      : outcome.kind === 'failed'
        ? style.bad('✗')
        : style.warn('!');
  return [
    `${mark} ${style.bold(outcome.kind)}: ${printable(outcome.sentence)}`,
    ...(outcome.kind === 'answered' ? [] : outcome.evidence.map((line) => `  ${style.dim(printable(line))}`)),
    ...(outcome.contradicts ? [`  ${style.warn('!')} ${outcome.contradicts}`] : []),
    ...(outcome.fix ? [`  ${style.dim('→')} ${outcome.fix}`] : []),
  ];
}

function factLines({ durationSecs, cost }: CallReport): string[] {
  const prices = [
    cost.credits === undefined ? undefined : `${cost.credits} credits`,
    cost.dollars === undefined ? undefined : `$${cost.dollars.toFixed(3)}`,
    cost.carrier &&
      `carrier ${printable(cost.carrier.amount.replace(/^-/, ''))} ${printable(cost.carrier.currency)}`,
  ].filter((part) => part !== undefined);
  return [
    ...(durationSecs === undefined ? [] : [`Duration: ${clockTime(durationSecs)}`]),
    ...(prices.length > 0 ? [`Cost: ${prices.join(', ')}`] : []),
  ];
}

function analysisLines({ analysis }: CallReport, style: Styles): string[] {
  if (!analysis) return [];
  return [
    `Goal, as the agent judges it: ${printable(analysis.goal)}`,
    ...(analysis.summary ? [`Summary: ${printable(analysis.summary, 2000)}`] : []),
    ...analysis.criteria.map(
      ({ name, result, rationale }) =>
        `  ${printable(name)}: ${printable(result)}${rationale ? style.dim(` (${printable(rationale)})`) : ''}`,
    ),
    ...(analysis.data.length > 0 ? ['Collected:'] : []),
    ...analysis.data.map(
      ({ name, value }) =>
        `  ${printable(name)}: ${printable(value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value))}`,
    ),
  ];
}
