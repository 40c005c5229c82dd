import {
  type CallReport,
  type CarrierRecords,
  calleeWish,
  createFollowCall,
  type FollowCallEvent,
  isFinalCarrierStatus,
  outcomeOf,
  spentOf,
} from '../calls/index.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import type { EngineDeps } from './ports.ts';
import { lookFor } from './search-attempt.ts';
import { type Session, waitIn } from './session.ts';

/** When reading teaches nothing for now. */
const AGAIN_MS = 15_000;
/** When a call that was cancelled could not be hung up. */
const HANG_UP_AGAIN_MS = 5_000;

/** Follows an accepted attempt until it has ended, is lost, or is not ours any more. */
export async function followAttempt(deps: EngineDeps, session: Session, pollMs: () => number): Promise<void> {
  const followCall = createFollowCall({
    provider: deps.provider,
    carrier: deps.carrier,
    clock: deps.clock,
    pollMs,
  });
  let hungUp = false;
  let shown: string | undefined;
  while (!session.gone.aborted && session.call.life.attempt.state === 'accepted') {
    const { life, plan } = session.call;
    const { conversationId, callSid } = life.attempt.ids;
    const interrupted = session.interruption();
    if (life.cancelledBy && !hungUp) {
      hungUp = await hangUp(deps, session);
      // Following goes on meanwhile: the call may end by itself.
      if (!hungUp) void sleep(deps.clock, HANG_UP_AGAIN_MS, session.gone).then(session.interrupt);
    }
    let lost: string | undefined;
    if (conversationId) {
      const called = {
        conversationId,
        callSid,
        ringingTimeoutSecs: plan.telephony?.ringing_timeout_secs,
      };
      for await (const event of followCall(called, interrupted)) {
        if (event.kind === 'state' && event.state !== 'initiated' && event.state !== shown) {
          shown = event.state;
          if (event.state !== 'ended') await session.apply({ kind: 'progress', state: event.state });
        }
        if (event.kind === 'ended' && (await finish(session, event))) return;
        if (event.kind === 'ended') lost = 'The records of the call do not say how it ended.';
        if (event.kind === 'lost') lost = event.why;
      }
    } else {
      lost = 'The provider accepted the call and gave no conversation to follow.';
      if (await lookFor(deps, session)) continue;
    }
    if (session.gone.aborted) return;
    if (lost !== undefined) {
      const quiet = session.watchedMs() >= plan.quietMs;
      if (await finishByCarrier(deps, session, callSid, quiet || plan.zeroRetention)) return;
      if (quiet) await session.apply({ kind: 'lost', why: lost });
      else await waitIn(session, deps.clock, AGAIN_MS);
    }
    if (interrupted.aborted && !(await session.reload())) return;
  }
}

async function finish(
  session: Session,
  { report, conversation }: Extract<FollowCallEvent, { kind: 'ended' }>,
): Promise<boolean> {
  if (report.outcome.kind === 'unknown') return false;
  await session.apply({
    kind: 'finished',
    outcome: report.outcome,
    ids: { conversationId: report.conversationId, callSid: report.callSid, sipCallId: report.sipCallId },
    by: 'poll',
    wish: calleeWish(conversation),
    spent: spentOf(conversation, priceOf(report)),
  });
  return true;
}

/**
 * Where the provider keeps nothing, the carrier alone says how it ended. Who picked up it does not know, a person or a mailbox: while the
 * provider's record may still come, a call that was picked up waits for it.
 */
async function finishByCarrier(
  deps: EngineDeps,
  session: Session,
  callSid: string | undefined,
  alone: boolean,
): Promise<boolean> {
  const call = await carrierCall(deps.carrier, callSid);
  if (!call || !isFinalCarrierStatus(call.status)) return false;
  if (call.status === 'completed' && !alone) return false;
  const outcome = outcomeOf(undefined, call);
  if (outcome.kind === 'unknown') return false;
  const spent = spentOf(undefined, call);
  await session.apply({ kind: 'finished', outcome, ids: { callSid: call.sid }, by: 'poll', spent });
  return true;
}

async function carrierCall(
  carrier: CarrierRecords | undefined,
  callSid: string | undefined,
): Promise<TwilioCall | undefined> {
  if (!carrier || !callSid?.startsWith('CA')) return undefined;
  try {
    return await carrier.call(callSid);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Ends a call that somebody cancelled: over the carrier where its credentials are known, else over the monitor. */
async function hangUp(deps: EngineDeps, session: Session): Promise<boolean> {
  const { conversationId, callSid } = session.call.life.attempt.ids;
  try {
    if (deps.carrier && callSid?.startsWith('CA')) {
      await deps.carrier.hangUp(callSid);
      return true;
    }
    if (deps.monitor && conversationId) {
      const ended = await deps.monitor.endCall(conversationId);
      if (ended.kind === 'unavailable') deps.notices.trouble({ what: 'hang-up', why: ended.why });
    }
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    deps.notices.trouble({ what: 'hang-up', why: error.message });
    return !error.retryable;
  }
}

/** What Twilio asked for the call, as the report has it. */
function priceOf({ cost }: CallReport) {
  return cost.carrier && { price: cost.carrier.amount, price_unit: cost.carrier.currency };
}
