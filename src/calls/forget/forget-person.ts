import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import type { ApplyEvent } from '../apply-event.ts';
import type { CallStore } from '../call-store.ts';
import type { Erasure, JobQueue } from '../service-ports.ts';
import { type Erasers, eraseElsewhere, type Trace } from './erase-elsewhere.ts';
import { forgetJobs } from './forget-job.ts';

export interface ForgetPersonDeps {
  readonly erasure: Pick<Erasure, 'callsTo' | 'wipe'>;
  readonly store: Pick<CallStore, 'loadCall'>;
  readonly applyEvent: ApplyEvent;
  readonly erasers: Erasers;
  readonly queue: Pick<JobQueue, 'add'>;
  readonly hashNumber: (number: PhoneNumber) => string;
  readonly clock: Pick<Clock, 'now'>;
}

/** What was erased of a person, and what is still there. */
export interface Forgotten {
  /** Calls here, conversations at the provider and recordings at the carrier. */
  readonly erased: number;
  readonly alreadyGone: number;
  readonly couldNotReach: readonly (Trace & { readonly why: string })[];
}

type FoundCall = Awaited<ReturnType<Erasure['callsTo']>>[number];

/**
 * Erases a person by their number: at the provider, at the carrier, and then here. What is elsewhere and could not be reached is written
 * down before the ids are, and tried for a week. Calls that are open are cancelled first; while one is not over this throws
 * `not-possible`, with all others erased. A suppression stays: without its hash the person would be called again. Doing it twice is
 * harmless.
 */
export function createForgetPerson(deps: ForgetPersonDeps) {
  const { erasure, erasers, queue, clock } = deps;

  return async function forgetPerson(number: PhoneNumber, by: string): Promise<Forgotten> {
    const hash = deps.hashNumber(number);
    const before = await erasure.callsTo(hash);
    const open = before.filter(({ ended }) => !ended);
    for (const call of open) await cancel(call, by);
    const calls = open.length > 0 ? await erasure.callsTo(hash) : before;
    const over = calls.filter(({ ended }) => ended);
    const elsewhere = await eraseTraces(over.flatMap(tracesOf));
    await erasure.wipe(
      over.map(({ callId }) => callId),
      clock.now(),
    );
    const still = calls.filter(({ ended }) => !ended);
    if (still.length > 0) throw notOver(still, over.length);
    return { ...elsewhere, erased: elsewhere.erased + over.length };
  };

  async function cancel({ callId }: FoundCall, by: string): Promise<void> {
    const call = await deps.store.loadCall(callId);
    if (call) await deps.applyEvent(call, { kind: 'cancel', by });
  }

  async function eraseTraces(traces: readonly Trace[]): Promise<Forgotten> {
    const down = new Map<Trace['where'], string>();
    const couldNotReach: (Trace & { why: string })[] = [];
    const again: Trace[] = [];
    let [erased, alreadyGone] = [0, 0];
    // One after the other: a person has few calls, and both places limit how fast they are asked.
    for (const trace of traces) {
      const known = down.get(trace.where);
      const result =
        known === undefined
          ? await eraseElsewhere(erasers, trace)
          : ({ kind: 'not-reached', why: known, again: hasEraser(trace), down: true } as const);
      if (result.kind === 'erased') {
        erased += result.erased;
        alreadyGone += result.alreadyGone;
        continue;
      }
      couldNotReach.push({ ...trace, why: result.why });
      if (result.down) down.set(trace.where, result.why);
      if (result.again) again.push(trace);
    }
    await queue.add(forgetJobs(again, clock.now()));
    return { erased, alreadyGone, couldNotReach };
  }

  function hasEraser({ where }: Trace): boolean {
    return where === 'provider' || erasers.carrierRecordings !== undefined;
  }
}

export type ForgetPerson = ReturnType<typeof createForgetPerson>;

/** A dialog of a SIP trunk has no recording at Twilio. */
function tracesOf({ conversationIds, callSids }: FoundCall): Trace[] {
  return [
    ...conversationIds.map((id) => ({ where: 'provider', id }) as const),
    ...callSids.filter((sid) => sid.startsWith('CA')).map((id) => ({ where: 'carrier', id }) as const),
  ];
}

function notOver(still: readonly FoundCall[], erased: number): AppError {
  const names = still.map(({ callId }) => callId).join(', ');
  const others = erased > 0 ? ` ${erased} others of this number were erased.` : '';
  return new AppError('not-possible', `The person is not forgotten yet: ${names} is not over.${others}`, {
    hint: 'It was cancelled. Ask again in a minute; a call whose end nobody knows has to be resolved first (donna calls show).',
    retryable: true,
  });
}
