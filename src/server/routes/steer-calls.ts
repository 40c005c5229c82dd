import type { CallRecord, LifeEvent } from '../../calls/index.ts';
import { type Caller, mayActAs } from '../caller.ts';
import type { ServerDeps } from '../deps.ts';
import type { Answer, Handlers } from '../exchange.ts';
import { Refused } from '../refused.ts';
import { callView } from '../views/call-view.ts';
import { findCall } from './find-call.ts';

/** Between reading a call and writing to it another attempt may follow; more rounds than that mean that something is broken. */
const ROUNDS = 3;

/** What a person does to a call: cancel, retry, resolve. `by` is the name of the key. */
export function steerCalls(
  deps: Pick<ServerDeps, 'records' | 'applyEvent'>,
): Pick<Handlers, 'cancelCall' | 'retryCall' | 'resolveCall'> {
  const { records, applyEvent } = deps;

  async function steer(
    id: string,
    event: LifeEvent,
    allow: (record: CallRecord) => void = () => {},
  ): Promise<Answer> {
    for (let round = 0; round < ROUNDS; round++) {
      const record = await findCall(records, id);
      allow(record);
      const { life } = record;
      const applied = await applyEvent(life.attempt.id, event);
      if (applied.kind === 'refused') throw new Refused('conflict', applied.why);
      if (applied.kind === 'applied' || applied.kind === 'nothing')
        return { status: 200, body: callView(await findCall(records, life.callId)) };
    }
    throw new Refused('conflict', 'The call changes faster than it can be read.', {
      hint: 'Try again.',
      headers: { 'Retry-After': '1' },
    });
  }

  return {
    cancelCall: ({ params, caller }) => steer(params.id, { kind: 'cancel', by: caller.name }),
    retryCall: ({ params, caller }) =>
      steer(params.id, { kind: 'retry', by: caller.name }, (record) => allowRetry(record, caller)),
    resolveCall: ({ params, body, caller }) =>
      steer(params.id, { kind: 'resolve', by: caller.name, decision: body.decision, note: body.note }),
  };
}

/**
 * A retry dials with what the call was given when it was placed: its bypass, and the budget of its key. A caller must not get at them by way
 * of somebody else's call.
 */
function allowRetry({ plan, forgottenMs }: CallRecord, caller: Caller): void {
  if (forgottenMs !== undefined) {
    throw new Refused(
      'conflict',
      'The person of this call was forgotten: its number is not there any more.',
      {
        hint: 'Submit a call of its own, if they may be called again.',
      },
    );
  }
  if (plan.keyId === caller.keyId || mayActAs(caller, 'operator')) return;
  throw new Refused('forbidden', 'Another key placed the call. To try it again needs the role operator.', {
    hint: 'Submit a call of your own, or ask an operator to try this one again.',
  });
}
