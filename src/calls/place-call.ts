import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Finding } from '../kernel/finding.ts';
import type { NewId } from '../kernel/ids.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import { attemptRecords } from './attempt-record.ts';
import { attemptVariable, type CallRequest } from './call-request.ts';
import { fingerprint } from './fingerprint.ts';
import type { GuardSettings } from './guard.ts';
import { judgeCall, type Refusal, refuseRepetition } from './judge-call.ts';
import { type DiallableLine, isDiallable, type Line, lineProviders } from './line.ts';
import type {
  AttemptEntry,
  AttemptJournal,
  CallIds,
  CarrierRecords,
  DialReply,
  VoiceProvider,
} from './ports.ts';
import { reconcileAttempt } from './reconcile.ts';
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
}

export type PlaceCall = (
  request: CallRequest,
  notify?: (event: PlaceCallEvent) => void,
) => Promise<Placement>;

/** A commit older than this may have been taken over or forgotten: the dial is put back instead of sent. */
const COMMIT_VALID_MS = 2_000;
/** How long an unknown reply is looked into before the caller is told. */
const RECONCILE_FOR_MS = 30_000;
const RECONCILE_EVERY_MS = 2_000;

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
    const repetition = await openRepetition(print);
    const again = repetition ? await mayRepeat(request, repetition) : request.repeat === 'allow';
    if (repetition && !again) return refuseRepetition(repetition);

    const attempt = deps.newId('att');
    const facts: PlacementFacts = { attempt, line, agentId: resolved.agentId, warnings };
    const clientData = withAttempt(request.clientData, attempt);
    const agentName = resolved.agent?.name ?? undefined;
    notify({ kind: 'dialing', attempt, line, agentId: resolved.agentId, agentName });

    let lateRepetition: Repetition | undefined;
    const commit = async () => {
      await note({
        kind: 'dialing',
        attempt,
        to: request.to.number,
        lineId: line.id,
        lineNumber: line.number,
        agentId: resolved.agentId,
        fingerprint: print,
        userId: clientData.user_id ?? attempt,
        again,
      });
      const committedAt = clock.monotonic();
      if (!again) {
        const entries = await journal.read();
        lateRepetition = findRepetition(entries, { fingerprint: print, nowMs: clock.now(), before: attempt });
        if (lateRepetition) throw new PutBack('another process committed the same call first');
      }
      if (clock.monotonic() - committedAt > COMMIT_VALID_MS) {
        throw new PutBack(`the machine paused for more than ${COMMIT_VALID_MS} ms before the request`);
      }
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
        commit,
      );
    } catch (error) {
      if (!(error instanceof PutBack)) throw error;
      await note({ kind: 'withdrawn', attempt, why: error.message });
      if (lateRepetition) return refuseRepetition(lateRepetition);
      throw new AppError('storage', `Nothing was dialled: ${error.message}.`, {
        hint: 'Call again.',
        retryable: true,
      });
    }
    return settle(reply, facts, notify);
  };

  async function settle(
    reply: DialReply,
    facts: PlacementFacts,
    notify: (event: PlaceCallEvent) => void,
  ): Promise<Placement> {
    const { attempt } = facts;
    switch (reply.kind) {
      case 'accepted':
        await note({ kind: 'accepted', attempt, ...reply.ids });
        return { kind: 'accepted', ids: reply.ids, adopted: false, ...facts };
      case 'not-placed':
        // A dial whose connection failed was never committed; the journal passes such a line over.
        await note({ kind: 'not-placed', attempt, code: reply.cause.code, ...reply.ids });
        return { kind: 'not-placed', reply, ...facts };
      case 'unknown': {
        await note({ kind: 'unknown', attempt, why: reply.why });
        notify({ kind: 'reconciling', why: reply.why });
        const found = await lookFor(attempt);
        if (!found) return { kind: 'unknown', why: reply.why, reply, ...facts };
        await note({ kind: 'accepted', attempt, ...found });
        return { kind: 'accepted', ids: found, adopted: true, ...facts };
      }
    }
  }

  async function lookFor(attempt: string): Promise<CallIds | undefined> {
    const record = attemptRecords(await journal.read()).find((candidate) => candidate.attempt === attempt);
    if (!record) return undefined;
    const until = clock.monotonic() + RECONCILE_FOR_MS;
    for (;;) {
      const looked = await reconcileAttempt(deps, record);
      if (looked.kind === 'found') return looked.ids;
      if (clock.monotonic() + RECONCILE_EVERY_MS > until) return undefined;
      await sleep(clock, RECONCILE_EVERY_MS);
    }
  }

  /** An earlier attempt of the same call; one that the provider has since ended does not count as open. */
  async function openRepetition(print: string): Promise<Repetition | undefined> {
    for (;;) {
      const repetition = findRepetition(await journal.read(), { fingerprint: print, nowMs: clock.now() });
      const { earlier } = repetition ?? {};
      const id = earlier?.ids.conversationId;
      if (!earlier || repetition?.why !== 'unfinished' || id === undefined) return repetition;
      const status = (await provider.conversation(id))?.status ?? 'gone';
      if (status !== 'done' && status !== 'failed' && status !== 'gone') return repetition;
      await note({ kind: 'ended', attempt: earlier.attempt, outcome: status });
    }
  }

  function note(entry: NewEntry): Promise<void> {
    return journal.append({ ...entry, at: new Date(clock.now()).toISOString() });
  }
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
