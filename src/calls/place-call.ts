import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Finding } from '../kernel/finding.ts';
import type { NewId } from '../kernel/ids.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import { attemptVariable, type CallRequest, refuseReserved } from './call-request.ts';
import { findAttempt } from './find-attempt.ts';
import { fingerprint } from './fingerprint.ts';
import type { GuardSettings } from './guard.ts';
import { judgeCall, type Refusal, refuseRepetition } from './judge-call.ts';
import { type DiallableLine, isDiallable, type Line, lineProviders } from './line.ts';
import { openRepetition } from './open-repetition.ts';
import type {
  AttemptEntry,
  AttemptJournal,
  CallIds,
  CarrierRecords,
  DialReply,
  VoiceProvider,
} from './ports.ts';
import { findRepetition, type Repetition } from './repetition.ts';
import { resolveCall } from './resolve-call.ts';

/** What became of a call that was asked for. */
export type Placement =
  | Refusal
  | ({ readonly kind: 'accepted'; readonly ids: CallIds; readonly adopted: boolean } & PlacementFacts)
  | ({
      readonly kind: 'not-placed';
      readonly reply: Extract<DialReply, { kind: 'not-placed' }>;
    } & PlacementFacts)
  | ({
      readonly kind: 'unknown';
      readonly why: string;
      readonly reply: Extract<DialReply, { kind: 'unknown' }>;
    } & PlacementFacts);

interface PlacementFacts {
  readonly attempt: string;
  readonly line: DiallableLine;
  readonly agentId: string;
  readonly warnings: readonly Finding[];
}

export type PlaceCallEvent =
  | { readonly kind: 'warnings'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'dialing';
      readonly attempt: string;
      readonly line: DiallableLine;
      readonly agentId: string;
      readonly agentName: string | undefined;
    }
  | { readonly kind: 'reconciling'; readonly why: string };

export interface PlaceCallDeps {
  readonly provider: VoiceProvider;
  readonly carrier?: CarrierRecords | undefined;
  readonly journal: AttemptJournal;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly guard: GuardSettings;
  /** Which account the provider is, as a hash, so that attempts are looked for where they were made. */
  readonly account?: string | undefined;
}

export type PlaceCall = (
  request: CallRequest,
  notify?: (event: PlaceCallEvent) => void,
) => Promise<Placement>;

/** A commit older than this may have been taken over or forgotten: the dial is put back instead of sent. */
const COMMIT_VALID_MS = 2_000;

/** A dial that was handed to the provider. */
interface Dialled {
  readonly facts: PlacementFacts;
  readonly dialing: Extract<AttemptEntry, { kind: 'dialing' }>;
  readonly notify: (event: PlaceCallEvent) => void;
}

type NewEntry = AttemptEntry extends infer Entry
  ? Entry extends unknown
    ? Omit<Entry, 'at'>
    : never
  : never;

class PutBack extends Error {
  override readonly name = 'PutBack';
}

/**
 * Places one call, or says why not. The attempt is in the journal, on the disk, before the first byte of the request
 * leaves, and the request is never sent a second time.
 *
 * Throws AppError where something named does not exist or cannot be read; nothing was dialled then.
 */
export function createPlaceCall(deps: PlaceCallDeps): PlaceCall {
  const { provider, journal, clock } = deps;

  return async (request, notify = () => {}) => {
    refuseReserved(request.clientData.dynamic_variables);
    const resolved = await resolveCall(provider, request);
    const { warnings, refusal } = judgeCall(request, resolved, deps.guard);
    if (refusal) return refusal;
    const line = diallable(resolved.line);
    if (warnings.length > 0) notify({ kind: 'warnings', findings: warnings });

    const print = fingerprint({
      lineId: line.id,
      to: request.to.number,
      agentId: resolved.agentId,
      variables: request.clientData.dynamic_variables ?? {},
    });
    const repetition = await openRepetition(deps, print);
    const again = repetition ? await mayRepeat(request, repetition) : request.repeat === 'allow';
    if (repetition && !again) return refuseRepetition(repetition);

    assertWanted(request);
    const attempt = deps.newId('att');
    const facts: PlacementFacts = { attempt, line, agentId: resolved.agentId, warnings };
    const clientData = withAttempt(request.clientData, attempt);
    const agentName = resolved.agent?.name ?? undefined;
    notify({ kind: 'dialing', attempt, line, agentId: resolved.agentId, agentName });

    const dialing = {
      kind: 'dialing' as const,
      attempt,
      at: new Date(clock.now()).toISOString(),
      to: request.to.number,
      lineId: line.id,
      lineNumber: line.number,
      agentId: resolved.agentId,
      fingerprint: print,
      userId: clientData.user_id ?? attempt,
      again,
      ...(deps.account ? { account: deps.account } : {}),
    };
    let lateRepetition: Repetition | undefined;
    const commit = async () => {
      assertWanted(request);
      await journal.append(dialing);
      const committedAt = clock.monotonic();
      if (request.repeat !== 'allow') {
        const entries = await journal.read();
        lateRepetition = findRepetition(entries, { fingerprint: print, nowMs: clock.now(), before: attempt });
        // What a person has just agreed to repeat does not stop it; what came since does.
        if (lateRepetition?.earlier.attempt === repetition?.earlier.attempt) lateRepetition = undefined;
        if (lateRepetition) throw new PutBack('another process committed the same call first');
      }
      if (clock.monotonic() - committedAt > COMMIT_VALID_MS) {
        throw new PutBack(`the machine paused for more than ${COMMIT_VALID_MS} ms before the request`);
      }
    };

    let committing: Promise<void> | undefined;
    const commitOnce = () => {
      if (committing) throw new Error('A dial was committed twice.');
      committing = commit();
      return committing;
    };
    let reply: DialReply;
    try {
      reply = await provider.dial(
        {
          line,
          agentId: resolved.agentId,
          to: request.to.number,
          clientData,
          ...(request.telephony ? { telephony: request.telephony } : {}),
          ...(request.record ? { record: true } : {}),
        },
        commitOnce,
      );
    } catch (error) {
      if (!committing || !(await failed(committing))) throw error;
      // The commit failed, so no byte left: nothing may stay open in the journal, as far as it can be written.
      await noteWithdrawn(attempt, error);
      if (lateRepetition) return refuseRepetition(lateRepetition);
      if (!(error instanceof PutBack)) throw error;
      throw new AppError('put-back', `Nothing was dialled: ${error.message}.`, {
        hint: 'Call again.',
        retryable: true,
      });
    }
    // A connection may break while the commit is still being written; its line comes before the one about its end.
    if (committing) await failed(committing);
    return settle(reply, { facts, dialing, notify });
  };

  async function settle(reply: DialReply, dial: Dialled): Promise<Placement> {
    const { facts, notify } = dial;
    const { attempt } = facts;
    switch (reply.kind) {
      case 'accepted': {
        const noted = await noteAfter(dial, { kind: 'accepted', attempt, ...reply.ids });
        if (reply.ids.conversationId) return { kind: 'accepted', ids: reply.ids, adopted: false, ...noted };
        // Without a conversation id nothing can be followed: the attempt id leads to it.
        notify({ kind: 'reconciling', why: 'The call was accepted without a conversation id.' });
        const found = await adopt({ ...dial, facts: noted });
        if (!found) return { kind: 'accepted', ids: reply.ids, adopted: false, ...noted };
        return { kind: 'accepted', adopted: true, ...found.facts, ids: { ...reply.ids, ...found.ids } };
      }
      case 'not-placed': {
        // A dial whose connection failed was never committed; the journal passes such a line over.
        const code = reply.cause.code;
        const noted = await noteAfter(dial, { kind: 'not-placed', attempt, code, ...reply.ids });
        return { kind: 'not-placed', reply, ...noted };
      }
      case 'unknown': {
        const noted = await noteAfter(dial, { kind: 'unknown', attempt, why: reply.why });
        notify({ kind: 'reconciling', why: reply.why });
        const found = await adopt({ ...dial, facts: noted });
        if (!found) return { kind: 'unknown', why: reply.why, reply, ...noted };
        return { kind: 'accepted', adopted: true, ...found.facts, ids: found.ids };
      }
    }
  }

  /** Looks for the call by its attempt id, and writes it down when it is found. */
  async function adopt(dial: Dialled): Promise<{ ids: CallIds; facts: PlacementFacts } | undefined> {
    const ids = await findAttempt(deps, dial.dialing);
    if (!ids) return undefined;
    return { ids, facts: await noteAfter(dial, { kind: 'accepted', attempt: dial.facts.attempt, ...ids }) };
  }

  /**
   * Writes what became of a dial. A journal that fails now must not hide the call and its ids: the line of its commit stays, and
   * with it the attempt open.
   */
  async function noteAfter({ facts, notify }: Dialled, entry: NewEntry): Promise<PlacementFacts> {
    try {
      await note(entry);
      return facts;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const warning: Finding = {
        rule: 'journal',
        severity: 'warning',
        where: facts.attempt,
        evidence: `What became of the dial could not be written down. ${error.message}`,
        fix: 'Make room in the data directory. Until then the same call counts as open and is not dialled again.',
      };
      notify({ kind: 'warnings', findings: [warning] });
      return { ...facts, warnings: [...facts.warnings, warning] };
    }
  }

  async function noteWithdrawn(attempt: string, why: unknown): Promise<void> {
    try {
      await note({ kind: 'withdrawn', attempt, why: why instanceof Error ? why.message : String(why) });
    } catch {
      // The error that stopped the dial is the one to tell; the attempt stays open, which only refuses too much.
    }
  }

  function note(entry: NewEntry): Promise<void> {
    return journal.append({ ...entry, at: new Date(clock.now()).toISOString() });
  }
}

function failed(promise: Promise<void>): Promise<boolean> {
  return promise.then(
    () => false,
    () => true,
  );
}

/** Throws when the caller has given up before the commit. */
function assertWanted({ signal }: CallRequest): void {
  if (signal?.aborted)
    throw new AppError('put-back', 'Stopped: nothing was dialled.', { hint: 'Call again.' });
}

async function mayRepeat(request: CallRequest, repetition: Repetition): Promise<boolean> {
  if (request.repeat === 'allow') return true;
  return request.repeat === 'refuse' ? false : await request.repeat(repetition);
}

/** Chooses the endpoint, so it holds without preflight too. */
function diallable(line: Line): DiallableLine {
  if (isDiallable(line)) return line;
  throw new AppError(
    'not-possible',
    `The line ${line.id} belongs to the provider "${line.provider}", which has no endpoint for outbound calls.`,
    {
      hint: `Use a line of ${lineProviders.join(', ')}: donna lines list.`,
    },
  );
}

/** The attempt id travels in the variables, and as user id unless the caller uses that one. */
function withAttempt(data: ClientData, attempt: string): ClientData {
  return {
    ...data,
    user_id: data.user_id ?? attempt,
    dynamic_variables: { ...data.dynamic_variables, [attemptVariable]: attempt },
  };
}
