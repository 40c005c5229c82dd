import {
  type AttemptRecord,
  type Reconciliation,
  reconcileAttempt,
  type StoredCall,
} from '../calls/index.ts';
import { AppError } from '../kernel/errors.ts';
import type { EngineDeps } from './ports.ts';
import { type Session, waitIn } from './session.ts';

/** A look after the quiet period that fails is tried again this often, and then a person is asked all the same. */
const LAST_LOOKS = 3;
const LAST_LOOK_EVERY_MS = 10_000;

/**
 * Looks for an attempt whose fate is unknown, among the records of the provider and the carrier, until it is found or the quiet period
 * is over. The period counts only time that some node watched, by monotonic clocks: a clock that jumps shortens nothing.
 */
export async function searchAttempt(deps: EngineDeps, session: Session): Promise<void> {
  const { plan } = session.call;
  let failedLast = 0;
  while (!session.gone.aborted && isSearched(session.call)) {
    const interrupted = session.interruption();
    const watched = session.watchedMs();
    const looked = await look(deps, session);
    if (looked === 'found') return;
    if (watched >= plan.quietMs) {
      if (looked.kind === 'could-not-look' && ++failedLast < LAST_LOOKS) {
        await waitIn(session, deps.clock, LAST_LOOK_EVERY_MS);
      } else {
        const proof = proofOf(looked, plan.zeroRetention);
        const blind = proof.absent ? await blindness(deps, plan.line.id) : undefined;
        await session.apply({
          kind: 'quiet',
          absent: proof.absent && blind === undefined,
          why: blind ?? proof.why,
        });
        return;
      }
    } else {
      await waitIn(session, deps.clock, Math.min(everyMs(watched), plan.quietMs - watched + 1));
    }
    if (interrupted.aborted && !(await session.reload())) return;
  }
}

/** Looks once for an attempt and adopts what is found. */
export async function lookFor(deps: EngineDeps, session: Session): Promise<boolean> {
  return (await look(deps, session)) === 'found';
}

async function look(
  deps: EngineDeps,
  session: Session,
): Promise<'found' | Exclude<Reconciliation, { kind: 'found' }>> {
  // A clock that was ahead at the commit and was set right since would hide the call from a search by time.
  const watchedSinceMs = deps.clock.now() - session.watchedMs();
  const looked = await reconcileAttempt(deps, recordOf(session.call, watchedSinceMs));
  if (looked.kind !== 'found') return looked;
  await session.apply({ kind: 'found', ids: looked.ids, by: 'search' });
  return 'found';
}

function proofOf(
  looked: Exclude<Reconciliation, { kind: 'found' }>,
  zeroRetention: boolean,
): { absent: boolean; why: string } {
  switch (looked.kind) {
    case 'not-found':
      return zeroRetention
        ? {
            absent: false,
            why: 'The workspace keeps no conversations, so that none is found proves nothing.',
          }
        : { absent: true, why: 'Neither the provider nor the carrier has a trace of it.' };
    case 'carrier-only':
      return {
        absent: false,
        why: `Twilio rang that number from that line at that time (${looked.callSid}), and no conversation tells whose call it was.`,
      };
    case 'could-not-look':
      return { absent: false, why: `The records could not be read: ${looked.why}` };
  }
}

/**
 * Why no trace would be found even if there were one; `undefined` where there would be. Another account does not have the line, and a
 * workspace that keeps nothing shows no conversation at all, unless the carrier's records can be read too.
 */
async function blindness({ provider, carrier }: EngineDeps, lineId: string): Promise<string | undefined> {
  try {
    if (!(await provider.line(lineId))) return 'The account that was looked into does not have the line.';
    if (carrier || (await provider.conversations({ limit: 1 })).length > 0) return undefined;
    return 'The workspace shows no conversation at all, so that none is found proves nothing.';
  } catch (error) {
    if (error instanceof AppError) return `The records could not be read: ${error.message}`;
    throw error;
  }
}

/** Milliseconds until the next look: records mostly come at once, and the rest may take minutes. */
function everyMs(watchedMs: number): number {
  if (watchedMs < 30_000) return 2_000;
  return watchedMs < 300_000 ? 10_000 : 30_000;
}

function isSearched({ life }: StoredCall): boolean {
  return life.attempt.state === 'unknown' && !life.attempt.asked;
}

/** The attempt as reconciliation reads it, begun no later than `latestMs`. */
function recordOf({ life, plan }: StoredCall, latestMs: number): AttemptRecord {
  const { attempt } = life;
  const committedMs = Math.min('committedMs' in attempt ? attempt.committedMs : 0, latestMs);
  return {
    attempt: attempt.id,
    state: 'unknown',
    ids: attempt.ids,
    note: undefined,
    dialing: {
      kind: 'dialing',
      attempt: attempt.id,
      at: new Date(committedMs).toISOString(),
      to: plan.to,
      lineId: plan.line.id,
      lineNumber: plan.line.number,
      agentId: plan.agentId,
      fingerprint: '',
      userId: plan.attemptAsUserId ? attempt.id : (plan.clientData.user_id ?? ''),
      again: false,
    },
  };
}
