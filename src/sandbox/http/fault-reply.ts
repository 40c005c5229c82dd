import type { Operation } from '../../wire/operation.ts';
import type { Fault } from '../faults.ts';
import { type Reply, refusal } from './refusals.ts';
import { twilioRefusal } from './twilio-refusal.ts';

const words: Readonly<Record<number, readonly [type: string, code: string, message: string]>> = {
  408: ['invalid_request', 'bad_request', 'Request timeout.'],
  409: ['conflict', 'conflict', 'The resource is in conflict with another request.'],
  429: ['rate_limit_error', 'rate_limit_exceeded', 'Rate limit exceeded. Please try again later.'],
  503: ['service_unavailable', 'service_unavailable', 'The service is temporarily unavailable.'],
};

/** The reply of a fault that stands in for the real one, in the shape of the operation's provider. */
export function faultReply(fault: Fault, operation: Operation | undefined): Reply {
  if (fault.kind !== 'status') return { status: 200, body: {} };
  const headers = fault.headers ?? {};
  if (fault.body !== undefined) return { status: fault.status, body: fault.body, headers };
  if (operation?.provider === 'twilio') {
    const code = fault.status === 429 ? 20429 : 20000 + fault.status;
    return {
      ...twilioRefusal(
        fault.status,
        code,
        fault.status === 429 ? 'Too Many Requests' : 'Service unavailable',
      ),
      headers,
    };
  }
  const [type, code, message] = words[fault.status] ?? [
    fault.status >= 500 ? 'internal_error' : 'invalid_request',
    fault.status >= 500 ? 'internal_error' : 'bad_request',
    'An error has occurred.',
  ];
  return refusal(fault.status, { type, code, status: code, message }, headers);
}
