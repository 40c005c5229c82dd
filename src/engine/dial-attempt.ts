import { attemptVariable, type DialOrder, type DialReply, type StoredCall } from '../calls/index.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { LinePacer } from './line-pacer.ts';
import type { EngineDeps } from './ports.ts';
import type { Session } from './session.ts';

/** A commit older than this may have been taken over: the dial is put back instead of sent. */
const COMMIT_VALID_MS = 2_000;

class PutBack extends Error {
  override readonly name = 'PutBack';
}

/**
 * Sends the one request of an attempt that is committed as dialing, and writes what came back. `committedMs` is monotonic, and
 * was taken before the commit, so that a slow commit counts against the dial and never for it.
 */
export async function dialAttempt(
  deps: EngineDeps,
  session: Session,
  times: { readonly committedMs: number; readonly sendInMs: number; readonly stopping: () => boolean },
  pacer: LinePacer,
): Promise<void> {
  const { clock, provider, notices } = deps;
  const { attemptId } = session;
  // From the moment that the claim reckoned from, not from its end: how long claims take varies, and would bunch what is spaced out.
  const waitMs = times.committedMs + times.sendInMs - clock.monotonic();
  const interrupted = session.interruption();
  if (waitMs > 0) await sleep(clock, waitMs, interrupted);
  let sending = false;
  const beforeSend = async () => {
    const { id } = session.call.plan.line;
    while (!session.gone.aborted) {
      // Somebody wrote to it since the claim: it was cancelled, or an earlier try of it that was taken for refused is known to ring.
      if (interrupted.aborted) await session.reload();
      const ms = pacer.waitMs(id);
      if (ms <= 0) break;
      await sleep(clock, ms, session.gone);
    }
    const { cancelledBy, attempt } = session.call.life;
    if (cancelledBy) throw new PutBack('the call was cancelled');
    if (attempt.state !== 'dialing') throw new PutBack('the provider has the call already');
    if (times.stopping()) throw new PutBack('the node is stopping');
    if (session.gone.aborted) throw new PutBack('the attempt was taken over');
    if (clock.monotonic() - times.committedMs > COMMIT_VALID_MS) {
      throw new PutBack(`more than ${COMMIT_VALID_MS} ms passed between the commit and the request`);
    }
    sending = true;
    pacer.left(id);
  };
  try {
    const reply = await provider.dial(orderOf(session.call), beforeSend);
    const ms = clock.monotonic() - times.committedMs;
    notices.dialled({ attemptId, reply: reply.kind, ms });
    await session.apply({ kind: 'replied', reply, explanation: await explanationOf(deps, reply) });
  } catch (error) {
    // What is thrown after the check may have been sent: nothing is put back on it.
    if (sending) {
      notices.trouble({ what: 'dial', why: error instanceof Error ? error.message : String(error) });
      await session.apply({ kind: 'replied', reply: { kind: 'unknown', why: 'The dial broke off here.' } });
      return;
    }
    const why =
      error instanceof PutBack || error instanceof AppError ? error.message : 'the request could not be made';
    notices.dialled({ attemptId, reply: 'put-back', ms: clock.monotonic() - times.committedMs });
    await session.apply({ kind: 'put-back', why });
    if (!(error instanceof PutBack || error instanceof AppError)) {
      notices.trouble({ what: 'dial', why: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Where only time is to pass nothing is wrong with the request, and it comes back many times. */
async function explanationOf({ explainFailure }: EngineDeps, reply: DialReply) {
  if (reply.kind === 'accepted' || (reply.kind === 'not-placed' && reply.backOff)) return undefined;
  return reply.exchange && explainFailure?.(reply.exchange);
}

/** The request with the attempt's id in it, by which it is found again. */
function orderOf({ plan, life }: StoredCall): DialOrder {
  const { id } = life.attempt;
  return {
    line: plan.line,
    agentId: plan.agentId,
    to: plan.to,
    clientData: {
      ...plan.clientData,
      ...(plan.attemptAsUserId ? { user_id: id } : {}),
      dynamic_variables: { ...plan.clientData.dynamic_variables, [attemptVariable]: id },
    },
    ...(plan.telephony ? { telephony: plan.telephony } : {}),
    ...(plan.record ? { record: true } : {}),
  };
}
