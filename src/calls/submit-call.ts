import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Finding } from '../kernel/finding.ts';
import type { NewId } from '../kernel/ids.ts';
import type { PhoneNumber, PhoneNumberFacts } from '../kernel/phone-number.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import type { TelephonyCallConfig } from '../wire/elevenlabs/outbound-call.ts';
import type { Budget } from './budget.ts';
import type { CallRecord, CallRecords } from './call-records.ts';
import { type CallRequest, refuseReserved } from './call-request.ts';
import type { CallPlan, CallStore } from './call-store.ts';
import { type CallingWindow, clipToFloor, windowFault } from './calling-window.ts';
import type { GatePolicy } from './gate.ts';
import type { IdempotencyKeys } from './idempotency.ts';
import { idempotencyOf } from './idempotency-of.ts';
import { judgeCall, type Refusal } from './judge-call.ts';
import type { CallLife } from './life.ts';
import { isDiallable, lineProviders } from './line.ts';
import type { VoiceProvider } from './ports.ts';
import { quietPeriodMs } from './quiet-period.ts';
import { refusedByGate } from './refused-by-gate.ts';
import { type ResolvedCall, resolveCall } from './resolve-call.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
import type { SuppressionList } from './service-ports.ts';
import { numberHash } from './suppression.ts';
import type { ZonesOfNumber } from './zones-of-number.ts';

/** A call that somebody asks the service for, parsed at the door. */
export interface ServiceCallRequest {
  readonly to: PhoneNumberFacts;
  readonly agentId?: string | undefined;
  readonly from?: { readonly lineId: string } | { readonly number: PhoneNumber } | undefined;
  readonly clientData: ClientData;
  readonly telephony?: TelephonyCallConfig | undefined;
  readonly record: boolean;
  readonly window?: CallingWindow | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly redialAfterUnknown: boolean;
  /** Milliseconds since 1970; a week after the call may first be dialled unless given. */
  readonly deadlineMs?: number | undefined;
  readonly bypass: CallPlan['bypass'];
  readonly metadata: Readonly<Record<string, string>>;
  readonly personWaiting: boolean;
  readonly origin: CallPlan['origin'];
  readonly idempotencyKey?: string | undefined;
}

/** Whose key asks. */
export interface ServiceCaller {
  readonly keyId: string;
  readonly keyBudget: Budget | undefined;
  readonly name: string;
}

export type SubmitResult =
  | {
      readonly kind: 'submitted';
      readonly call: CallRecord;
      /** The same request made this call earlier. */
      readonly replayed: boolean;
      readonly warnings: readonly Finding[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The idempotency key belongs to another request. */
  | { readonly kind: 'key-conflict' }
  /** The same request is being worked on at this moment. */
  | { readonly kind: 'running' };

export interface SubmitCallDeps {
  readonly provider: VoiceProvider;
  readonly store: Pick<CallStore, 'submit'>;
  readonly records: Pick<CallRecords, 'get'>;
  readonly idempotency: IdempotencyKeys;
  readonly suppressions: Pick<SuppressionList, 'get'>;
  readonly zonesOf: ZonesOfNumber;
  readonly gate: GatePolicy;
  /** Key of the number hashes. */
  readonly secret: string;
  readonly defaults: { readonly agentId: string | undefined; readonly from: ServiceCallRequest['from'] };
  /** Put the attempt id into `user_id` where the caller sets none. */
  readonly attemptAsUserId: boolean;
  readonly clock: Clock;
  readonly newId: NewId;
  /** The call is in the store: somebody may dial it. */
  readonly submitted: () => void;
}

const DEADLINE_MS = 7 * 24 * 3600_000;
/** The last moment that the database and RFC 3339 can write. */
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59);
export type SubmitCall = (request: ServiceCallRequest, caller: ServiceCaller) => Promise<SubmitResult>;

/**
 * Takes a call into the queue, once for one intent. It is durable when this resolves, and dialled as soon as the gate lets it. What
 * can be told now is told now: preflight, guard, allow-list, suppression and a window that never opens refuse it here; the gate
 * judges again before each dial.
 */
export function createSubmitCall(deps: SubmitCallDeps): SubmitCall {
  return async (asked, caller) => {
    refuseReserved(asked.clientData.dynamic_variables);
    const { request, notes } = checked(withDefaults(asked, deps.defaults));
    const { key, requestHash, keptMs } = idempotencyOf(request);
    const nowMs = deps.clock.now();
    const reserved = await deps.idempotency.reserve({ keyId: caller.keyId, key, requestHash, nowMs });
    if (reserved.kind === 'other-request') return { kind: 'key-conflict' };
    if (reserved.kind === 'running') return { kind: 'running' };
    if (reserved.kind === 'replay') {
      const call = await deps.records.get(reserved.callId);
      if (!call) return { kind: 'running' };
      return { kind: 'submitted', call, replayed: true, warnings: [] };
    }
    let submitted = false;
    try {
      const resolved = await resolveCall(deps.provider, { ...callRequest(request) });
      const judged = judgeCall(callRequest(request), resolved, deps.gate.guard);
      if (judged.refusal) return { kind: 'refused', refusal: judged.refusal };
      const plan = planOf(deps, request, resolved, caller);
      const refusal = await refusedByGate(deps, request, plan, nowMs);
      if (refusal) return { kind: 'refused', refusal };
      const life = lifeOf(deps, request, nowMs);
      const expiresMs = nowMs + keptMs;
      await deps.store.submit({ life, plan, createdMs: nowMs, idempotency: { key, requestHash, expiresMs } });
      submitted = true;
      deps.submitted();
      return {
        kind: 'submitted',
        call: newRecord(life, plan, nowMs),
        replayed: false,
        warnings: [...judged.warnings, ...notes],
      };
    } finally {
      if (!submitted) await deps.idempotency.release(caller.keyId, key);
    }
  };
}

function withDefaults(asked: ServiceCallRequest, defaults: SubmitCallDeps['defaults']): ServiceCallRequest {
  return { ...asked, agentId: asked.agentId ?? defaults.agentId, from: asked.from ?? defaults.from };
}

/** Throws `bad-input` for a window that never opens; one wider than the floor is clipped, and that is told. */
function checked(request: ServiceCallRequest): { request: ServiceCallRequest; notes: Finding[] } {
  if (!request.window) return { request, notes: [] };
  const { window, note } = clipToFloor(request.window);
  const fault = windowFault(window);
  if (fault) {
    throw new AppError('bad-input', `The window is no window. ${fault}`, {
      hint: 'Give days such as ["mon","tue"] and times such as "from":"09:00","to":"17:00".',
    });
  }
  const notes: Finding[] = note
    ? [
        {
          rule: 'window',
          severity: 'warning',
          where: 'window',
          evidence: note,
          fix: 'Give hours within the floor.',
        },
      ]
    : [];
  return { request: { ...request, window }, notes };
}

function callRequest(request: ServiceCallRequest): CallRequest {
  return {
    to: request.to,
    agentId: request.agentId,
    from: request.from,
    clientData: request.clientData,
    telephony: request.telephony,
    record: request.record,
    preflight: true,
    repeat: 'allow',
  };
}

function planOf(
  deps: SubmitCallDeps,
  request: ServiceCallRequest,
  { line, agent, agentId }: ResolvedCall,
  caller: ServiceCaller,
): CallPlan {
  if (!isDiallable(line)) {
    throw new AppError('not-possible', `The line ${line.id} has no endpoint for outbound calls.`, {
      hint: `Use a line of ${lineProviders.join(', ')}: donna lines list.`,
    });
  }
  return {
    to: request.to.number,
    toHash: numberHash(deps.secret, request.to.number),
    line,
    agentId,
    clientData: request.clientData,
    telephony: request.telephony,
    record: request.record,
    attemptAsUserId: deps.attemptAsUserId && request.clientData.user_id == null,
    zones: deps.zonesOf(request.to, request.window?.zone),
    window: request.window,
    bypass: request.bypass,
    quietMs: quietPeriodMs(request, agent),
    zeroRetention: agent?.platform_settings?.privacy?.zero_retention_mode === true,
    personWaiting: request.personWaiting,
    keyId: caller.keyId,
    keyBudget: caller.keyBudget,
    origin: request.origin,
    metadata: request.metadata,
  };
}

function lifeOf(deps: SubmitCallDeps, request: ServiceCallRequest, nowMs: number): CallLife {
  const notAfterMs = request.window?.notAfterMs;
  const beginsMs = Math.max(nowMs, request.window?.notBeforeMs ?? nowMs);
  const deadlineMs = Math.min(request.deadlineMs ?? beginsMs + DEADLINE_MS, notAfterMs ?? LATEST_MS);
  if (!(deadlineMs > beginsMs)) {
    throw new AppError('bad-input', 'The call is to be over before it can begin.', {
      hint: 'Give a deadline (or window.notAfter) in the future, and after window.notBefore.',
    });
  }
  return {
    callId: deps.newId('call'),
    retry: request.retry ?? defaultRetryPolicy,
    redialAfterUnknown: request.redialAfterUnknown,
    deadlineMs,
    cancelledBy: undefined,
    result: undefined,
    attempt: {
      id: deps.newId('att'),
      number: 1,
      tries: 0,
      ids: {},
      state: 'scheduled',
      dueMs: beginsMs,
      heldBy: undefined,
    },
  };
}

function newRecord(life: CallLife, plan: CallPlan, nowMs: number): CallRecord {
  return {
    life,
    plan,
    status: 'scheduled',
    createdMs: nowMs,
    updatedMs: nowMs,
    endedMs: undefined,
    forgottenMs: undefined,
    attempts: [
      {
        attempt: life.attempt,
        committedMs: undefined,
        endedMs: undefined,
        seconds: undefined,
        cents: undefined,
      },
    ],
  };
}
