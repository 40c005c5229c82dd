import type { LifeEvent, Resolution, SubmitCall } from '../../src/calls/index.ts';
import { numberHash } from '../../src/calls/index.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { maskNumber } from '../../src/kernel/mask.ts';
import { type PhoneNumberFacts, parsePhoneNumber } from '../../src/kernel/phone-number.ts';
import type { Commit } from './commits.ts';
import { hashSecret } from './donna-process.ts';
import type { Fleet } from './fleet.ts';
import type { Ground } from './ground.ts';
import { intentOf } from './oracle/book.ts';
import type { Intent } from './scenario.ts';
import { truthOf } from './world/phone.ts';

/** The people around Donna: they ask for calls, change their minds, decide what she cannot, and stop her. */
export interface Callers {
  begin(): void;
  /** A change of a call, to which a person may react. */
  saw(commit: Commit): void;
}

export function createCallers(ground: Ground, fleet: Fleet): Callers {
  const { scenario, sim, book, world, trace, skipper } = ground;
  const random = ground.random.fork('callers');
  const retried = new Set<number>();

  function submit(intent: Intent): void {
    const to = factsOf(intent.to);
    fleet.insist('submit', async (donna) => {
      const result = await submitOrTooLate(
        donna.submit,
        {
          to,
          from: { lineId: intent.line.id },
          clientData: {
            dynamic_variables: { invoice: `INV-${intent.number}` },
            ...(intent.ownUserId ? { user_id: 'caller-7' } : {}),
          },
          telephony: { ringing_timeout_secs: 20 },
          record: false,
          window: intent.window,
          retry: intent.retry,
          redialAfterUnknown: intent.redialAfterUnknown,
          deadlineMs: scenario.startWallMs + intent.atMs + intent.deadlineInMs,
          bypass: intent.bypass,
          metadata: { intent: String(intent.number) },
          personWaiting: intent.personWaiting,
          origin: 'api',
          idempotencyKey: `intent-${intent.number}`,
        },
        { keyId: 'key_one', keyBudget: undefined, name: 'Ada' },
      );
      if (result.kind === 'submitted') {
        const { callId } = result.call.life;
        const known = book.acknowledged.get(intent.number);
        if (known !== undefined && known !== 'refused' && known !== callId)
          book.violate(`intent ${intent.number} was given two calls`);
        book.acknowledged.set(intent.number, callId);
        trace.add('caller', `intent ${intent.number} is ${callId}${result.replayed ? ', again' : ''}`);
        return true;
      }
      if (result.kind === 'refused' || result.kind === 'too-late') {
        trace.add('caller', `intent ${intent.number} is ${result.kind}`);
        // By a clock that is ahead, perhaps: the same request may still come by another node.
        if (!book.acknowledged.has(intent.number)) book.acknowledged.set(intent.number, 'refused');
        return true;
      }
      return false;
    });
  }
  /** Somebody does something to the latest attempt of a call, once it is there. */
  function act(intent: number, event: LifeEvent): void {
    fleet.insist(event.kind, async (donna) => {
      const callId = book.acknowledged.get(intent);
      if (callId === undefined) return false;
      const call = callId === 'refused' ? undefined : await donna.loadCall(callId);
      if (!call) return true;
      const applied = await donna.applyEvent(call, event);
      trace.add('caller', `${event.kind} on intent ${intent}: ${applied.kind}`);
      if (applied.kind === 'applied') donna.engine.notice(call.ticket.attemptId);
      donna.engine.nudge();
      return applied.kind !== 'gone';
    });
  }

  function suppress(intent: Intent): void {
    const number = factsOf(intent.to).number;
    fleet.insist('suppress', async (donna) => {
      await donna.suppressions.put({
        hash: numberHash(hashSecret, number),
        masked: maskNumber(number),
        reason: 'manual',
        note: '',
        addedAt: new Date(donna.node.wallMs()),
        addedBy: 'Ada',
      });
      skipper.touched();
      if (!book.suppressedAtMs.has(number)) book.suppressedAtMs.set(number, sim.nowMs);
      trace.add('caller', `suppresses the number of intent ${intent.number}`);
      return true;
    });
  }

  function stopAll(atMs: number, forMs: number): void {
    sim.schedule(atMs, () =>
      fleet.insist('stop', async (donna) => {
        await donna.stopSwitch.stop({ by: 'Ada', reason: 'drill', atMs: donna.node.wallMs() });
        skipper.touched();
        book.stoppedAtMs = sim.nowMs;
        trace.add('caller', 'stops all dialling');
        sim.schedule(forMs, () => {
          // From the moment at which somebody lifts it, a dial may leave before the answer is back.
          fleet.insist('resume', async (other) => {
            book.stoppedAtMs = undefined;
            await other.stopSwitch.resume();
            skipper.touched();
            other.engine.nudge();
            trace.add('caller', 'resumes dialling');
            return true;
          });
        });
        return true;
      }),
    );
  }

  /** A person who is asked looks it up, and mostly knows. */
  function decide(commit: Commit): void {
    const intent = intentOf(commit);
    const { id } = commit.attempt;
    sim.schedule(random.whole(5_000, 120_000), () => {
      const phone = world.phones.findLast(({ attemptId }) => attemptId === id);
      const truth = (phone && truthOf(phone)[0]) as Resolution | undefined;
      const known = truth !== undefined && (truth as string) !== 'cancelled';
      const decision = known && random.chance(0.7) ? truth : random.chance(0.7) ? 'redial' : 'failed';
      act(intent, { kind: 'resolve', by: 'Ada', decision, note: '' });
    });
  }

  return {
    begin() {
      for (const intent of scenario.intents) {
        const { number, atMs } = intent;
        sim.schedule(atMs, () => submit(intent));
        if (intent.againInMs !== undefined) sim.schedule(atMs + intent.againInMs, () => submit(intent));
        if (intent.cancelInMs !== undefined)
          sim.schedule(atMs + intent.cancelInMs, () => act(number, { kind: 'cancel', by: 'Ada' }));
        if (intent.redialTooEarlyInMs !== undefined) {
          const event: LifeEvent = { kind: 'resolve', by: 'Bob', decision: 'redial', note: 'impatient' };
          sim.schedule(atMs + intent.redialTooEarlyInMs, () => act(number, event));
        }
        if (intent.suppressInMs !== undefined)
          sim.schedule(atMs + intent.suppressInMs, () => suppress(intent));
      }
      if (scenario.stop) stopAll(scenario.stop.atMs, scenario.stop.forMs);
    },
    saw(commit) {
      const { life, attempt } = commit;
      if (attempt.state === 'unknown' && attempt.asked && life.attempt.id === attempt.id) decide(commit);
      const intent = scenario.intents[intentOf(commit)];
      if (!life.result || !intent?.retryAfterEnd || retried.has(intent.number)) return;
      retried.add(intent.number);
      sim.schedule(random.whole(1_000, 60_000), () => act(intent.number, { kind: 'retry', by: 'Ada' }));
    },
  };
}

/** While every node was down the time in which the call was wanted may have passed: then there is nothing to ask for any more. */
async function submitOrTooLate(submit: SubmitCall, ...asked: Parameters<SubmitCall>) {
  try {
    return await submit(...asked);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return { kind: 'too-late' } as const;
    throw error;
  }
}

function factsOf(number: string): PhoneNumberFacts {
  const parsed = parsePhoneNumber(number);
  if (parsed.kind === 'number') return parsed.facts;
  throw new Error(`${number}: ${parsed.why}`);
}
