import type { CreatedCall } from '../../api/call.ts';
import {
  defaultRetryPolicy,
  isZoneOfCountry,
  type RetryPolicy,
  retriedOutcomes,
  type ServiceCallRequest,
} from '../../calls/index.ts';
import { mayActAs } from '../caller.ts';
import type { ServerDeps } from '../deps.ts';
import type { Exchange, Handler } from '../exchange.ts';
import { Refused } from '../refused.ts';
import type { ServedRoutes } from '../served-routes.ts';
import { callView } from '../views/call-view.ts';

type Request = Exchange<ServedRoutes['createCall']>;

const refusals = {
  guard: 'The dial guard refuses the number',
  gate: 'The gate would refuse the dial whenever it is asked',
  preflight: 'The call would fail',
} as const;

/** `POST /v1/calls`. */
export function createCall(deps: Pick<ServerDeps, 'submitCall'>): Handler<'createCall'> {
  return async ({ body, headers, caller }) => {
    if (body.bypass && Object.keys(body.bypass).length > 0 && !mayActAs(caller, 'operator')) {
      throw new Refused('forbidden', 'A bypass needs the role operator: it lifts what protects the callee.', {
        hint: 'Leave bypass out, or ask an operator to place the call.',
      });
    }
    const zone = body.window?.zone;
    if (zone !== undefined && !mayActAs(caller, 'operator') && !isZoneOfCountry(zone, body.to.country)) {
      throw new Refused('forbidden', `${zone} is no zone of the country of the number.`, {
        hint: 'Give the zone in which the person is, or ask an operator: a zone elsewhere would let the phone ring at night.',
      });
    }
    const result = await deps.submitCall(requestOf(body, headers['idempotency-key']), {
      keyId: caller.keyId,
      keyBudget: caller.budget,
      name: caller.name,
    });
    switch (result.kind) {
      case 'submitted': {
        const reply: CreatedCall = {
          ...callView(result.call),
          warnings: result.warnings.map((finding) => ({ ...finding })),
        };
        return {
          status: 202,
          headers: {
            Location: `/v1/calls/${reply.id}`,
            ...(result.replayed ? { 'Idempotency-Replayed': 'true' } : {}),
          },
          body: reply,
        };
      }
      case 'refused': {
        const { code, findings } = result.refusal;
        const told = findings.find(({ severity }) => severity === 'error') ?? findings[0];
        throw new Refused(code, `${refusals[code]}. ${told?.evidence ?? ''}`.trim(), {
          hint: told?.fix,
          findings,
        });
      }
      case 'key-conflict':
        throw headers['idempotency-key']
          ? new Refused('idempotency-mismatch', 'The idempotency key was used for another request.', {
              hint: 'Use a new key for a new call, and the same body with the same key.',
            })
          : new Refused(
              'idempotency-mismatch',
              'A call with the same line, number, agent and variables was asked for within ten minutes, and the rest of it was another.',
              {
                hint: 'Look at that call first: GET /v1/calls?to=… To place another one, send an Idempotency-Key.',
              },
            );
      case 'running':
        throw new Refused('still-running', 'The same request is being worked on at this moment.', {
          hint: 'Send it again in a second: the answer will be there.',
          headers: { 'Retry-After': '1' },
        });
    }
  };
}

function requestOf(body: Request['body'], idempotencyKey: string | undefined): ServiceCallRequest {
  const telephony = {
    ...(body.ringTimeoutSecs === undefined ? {} : { ringing_timeout_secs: body.ringTimeoutSecs }),
    ...(body.machineDetection ? { twilio_machine_detection: { mode: 'enable' as const } } : {}),
  };
  return {
    to: body.to,
    agentId: body.agent,
    from: body.line,
    clientData: body.clientData ?? (body.variables ? { dynamic_variables: body.variables } : {}),
    telephony: Object.keys(telephony).length > 0 ? telephony : undefined,
    record: body.record,
    window: body.window && windowOf(body.window),
    retry: body.retry && retryOf(body.retry),
    redialAfterUnknown: body.redialAfterUnknown,
    deadlineMs: body.deadline === undefined ? undefined : Date.parse(body.deadline),
    bypass: body.bypass ? present(body.bypass) : {},
    metadata: body.metadata ?? {},
    personWaiting: body.personWaiting,
    origin: 'api',
    idempotencyKey,
  };
}

function windowOf(window: NonNullable<Request['body']['window']>): ServiceCallRequest['window'] {
  const { notBefore, notAfter, zone, ...hours } = window;
  return {
    ...hours,
    ...(zone === undefined ? {} : { zone }),
    ...(notBefore === undefined ? {} : { notBeforeMs: Date.parse(notBefore) }),
    ...(notAfter === undefined ? {} : { notAfterMs: Date.parse(notAfter) }),
  };
}

/** What is left out stays as it is by default. */
function retryOf(wish: NonNullable<Request['body']['retry']>): RetryPolicy {
  const merged: Record<string, RetryPolicy['busy']> = {};
  for (const outcome of retriedOutcomes) {
    const rule = wish[outcome];
    const usual = defaultRetryPolicy[outcome];
    merged[outcome] = {
      delaysMinutes: rule?.delaysMinutes ?? usual.delaysMinutes,
      maxAttempts: rule?.maxAttempts ?? usual.maxAttempts,
    };
  }
  return merged as RetryPolicy;
}

function present(bypass: NonNullable<Request['body']['bypass']>): ServiceCallRequest['bypass'] {
  const { window, suppression, budget } = bypass;
  return {
    ...(window === undefined ? {} : { window }),
    ...(suppression === undefined ? {} : { suppression }),
    ...(budget === undefined ? {} : { budget }),
  };
}
