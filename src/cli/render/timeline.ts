import type { TimelineEntry } from '../../api/timeline.ts';
import { printable } from '../../kernel/printable.ts';
import { failureExplanationLines, readFailureExplanation } from './failure-explanation.ts';
import type { Styles } from './styles.ts';

type Facts = Readonly<Record<string, unknown>>;

const texts: Readonly<Record<string, (facts: Facts) => string>> = {
  submitted: () => 'asked for',
  scheduled: (facts) => `attempt ${text(facts.number)} is due${at(facts.due)}`,
  claimed: (facts) => `dialling${bypassedText(facts.bypassed)}`,
  'gate-waits': (facts) =>
    `held by the gate (${text(facts.rule)})${at(facts.until, 'until')}: ${text(facts.sentence)}`,
  'gate-refused': (facts) => `refused by the gate (${text(facts.rule)}): ${text(facts.sentence)}`,
  expired: () => 'its deadline passed before it was dialled',
  'put-back': (facts) => `put back, nothing was sent: ${text(facts.why)}`,
  replied: repliedText,
  'taken-over': (facts) => `taken over by ${text(facts.by)}`,
  found: (facts) => `found by ${text(facts.by)}${idsText(facts)}`,
  progress: (facts) => text(facts.state),
  finished: (facts) =>
    `over, says the ${text(facts.by)}${facts.wish ? `; the callee: ${text(facts.wish)}` : ''}`,
  lost: (facts) => `how it ended cannot be read: ${text(facts.why)}`,
  quiet: (facts) =>
    `${facts.absent ? 'no trace of it was found' : 'looking taught nothing'}: ${text(facts.why)}`,
  cancel: (facts) => `cancelled by ${text(facts.by)}`,
  resolve: (facts) =>
    `decided by ${text(facts.by)}: ${text(facts.decision)}${facts.note ? ` (${text(facts.note)})` : ''}`,
  retry: (facts) => `tried again by ${text(facts.by)}`,
  ended: (facts) => `ended, ${text(facts.outcome)}: ${text(facts.sentence)}`,
  late: () => 'a report came after the end, and changed nothing',
};

/** What a line of the timeline says, for a person. */
export function entryText({ kind, data }: TimelineEntry): string {
  return texts[kind]?.(data) ?? printable(kind);
}

/** The timeline, each line with its moment; what explains an entry stands below it. */
export function timelineLines(entries: readonly TimelineEntry[], style: Styles): string[] {
  return entries.flatMap((entry) => [
    `${style.dim(momentText(entry.at))} ${entryText(entry)}`,
    ...explanationLines(entry, style),
  ]);
}

/** Why a request of Donna's was refused, where the entry says so. */
export function explanationLines({ data }: TimelineEntry, style: Styles): string[] {
  const explanation = readFailureExplanation(data.explanation);
  return explanation ? failureExplanationLines(explanation, style) : [];
}

function momentText(moment: string): string {
  const atMs = Date.parse(moment);
  return Number.isNaN(atMs)
    ? printable(moment, 30)
    : new Date(atMs)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');
}

function repliedText(facts: Facts): string {
  if (facts.reply === 'accepted') return `accepted${idsText(facts)}`;
  if (facts.reply === 'unknown') return `unknown whether it was placed: ${text(facts.why)}`;
  return `not placed: ${text(facts.sentence)}${at(facts.again, 'again')}`;
}

function idsText({ conversationId, callSid, sipCallId }: Facts): string {
  const ids = [conversationId, callSid, sipCallId].filter((id) => typeof id === 'string');
  return ids.length > 0 ? `: ${ids.map((id) => printable(id, 100)).join(', ')}` : '';
}

function bypassedText(bypassed: unknown): string {
  if (!Array.isArray(bypassed)) return '';
  const rules = bypassed.map((one: Facts) => `${text(one.rule)} (${text(one.reason)})`);
  return `, past ${rules.join(', ')}`;
}

function at(moment: unknown, word = 'at'): string {
  return typeof moment === 'string' ? ` ${word === 'again' ? 'again at' : word} ${momentText(moment)}` : '';
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : printable(String(value));
}
