import type { Call } from '../../../api/call.ts';
import type { TimelineEntry } from '../../../api/timeline.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { clockTime } from '../../render/call-report.ts';
import { acceptedLines } from '../../render/placement.ts';
import type { Styles } from '../../render/styles.ts';
import { entryText, explanationLines } from '../../render/timeline.ts';

/** Says what happens to a call, in the words of a call without a server. */
export interface Progress {
  readonly callId: string;
  /** A request left for it, or it was held up: something was said of it. */
  readonly dialled: boolean;
  /** The provider has its latest attempt. */
  readonly accepted: boolean;
  show(entry: TimelineEntry): void;
}

export function createProgress(
  cli: Cli,
  call: Call,
  { style, json, sandbox }: { readonly style: Styles; readonly json: boolean; readonly sandbox: boolean },
): Progress {
  let accepted = false;
  let dialled = false;
  let acceptedMs = 0;
  const state = (entry: TimelineEntry, name: string) =>
    cli.err(
      `${style.dim(clockTime((Date.parse(entry.at) - acceptedMs) / 1000).padStart(5))} ${printable(name)}`,
    );

  function accept(entry: TimelineEntry, adopted: boolean): void {
    // Later ones bring ids that were not known yet; the report has them.
    if (accepted) return;
    accepted = true;
    acceptedMs = Date.parse(entry.at);
    const { conversationId, callSid, sipCallId } = entry.data;
    const ids = {
      conversationId: textOf(conversationId),
      callSid: textOf(callSid),
      sipCallId: textOf(sipCallId),
    };
    const placed = { ids, provider: call.line.provider, attempt: entry.attemptId, adopted };
    for (const line of acceptedLines(placed, style, { sandbox })) (json ? cli.err : cli.out)(line);
    state(entry, 'initiated');
  }

  return {
    callId: call.id,
    get dialled() {
      return dialled;
    },
    get accepted() {
      return accepted;
    },
    show(entry) {
      const { kind, data } = entry;
      dialled ||= kind !== 'submitted';
      if (kind === 'claimed') {
        const to = printable(call.to ?? 'a forgotten number');
        const { number, provider } = call.line;
        cli.err(
          `Calling ${to} from ${printable(number)} (${printable(provider)}) by agent ${printable(call.agentId)} …`,
        );
      } else if (kind === 'found' || (kind === 'replied' && data.reply === 'accepted')) {
        accept(entry, kind === 'found' && data.by === 'search');
      } else if (kind === 'progress') {
        state(entry, textOf(data.state) ?? '');
      } else if (kind === 'replied' && data.reply === 'unknown') {
        cli.err(`${textOf(data.why) ?? ''} Looking for the call …`);
        for (const line of explanationLines(entry, style)) cli.err(line);
      } else if (kind === 'scheduled') {
        // Another attempt: what was accepted before is over.
        accepted = false;
        cli.err(`${style.warn('!')} ${entryText(entry)}`);
      } else if (noted.includes(kind)) {
        cli.err(`${style.warn('!')} ${entryText(entry)}`);
        for (const line of explanationLines(entry, style)) cli.err(line);
      }
    },
  };
}

/** Entries of which nothing else speaks. The end of the call is reported whole. */
const noted = [
  'gate-waits',
  'put-back',
  'replied',
  'taken-over',
  'cancel',
  'resolve',
  'retry',
  'lost',
  'quiet',
];

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? printable(value) : undefined;
}
