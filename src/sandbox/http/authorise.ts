import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../wire/operation.ts';
import type { SandboxState } from '../state.ts';
import { type Reply, refusals } from './refusals.ts';
import { twilioRefusals } from './twilio-refusal.ts';

/** The provider's refusal, or `undefined` when the caller may go on. */
export function authorise(
  operation: Operation,
  headers: IncomingHttpHeaders,
  state: SandboxState,
): Reply | undefined {
  return operation.provider === 'twilio'
    ? authoriseTwilio(headers, state)
    : authoriseElevenLabs(operation, headers, state);
}

function authoriseElevenLabs(
  operation: Operation,
  headers: IncomingHttpHeaders,
  state: SandboxState,
): Reply | undefined {
  const given = headers['xi-api-key'];
  if (given === undefined && headers.authorization === undefined) return refusals.noKey;
  const key = state.account.keys.find((one) => one.key === given);
  if (!key) return refusals.badKey;
  const needed = permissionFor(operation);
  // A restricted key is told 401, not 403 (seen live).
  if (key.permissions && !key.permissions.includes(needed)) return refusals.missingPermission(needed);
  return undefined;
}

/** The right that a restricted key needs. Seen live: `user_read`, `convai_read`, `convai_write`; the last pair is a guess. */
export function permissionFor(operation: Pick<Operation, 'path' | 'method'>): string {
  if (operation.path.startsWith('/v1/user')) return 'user_read';
  const area = operation.path.startsWith('/v1/workspace') ? 'workspace' : 'convai';
  return `${area}_${operation.method === 'GET' ? 'read' : 'write'}`;
}

function authoriseTwilio(headers: IncomingHttpHeaders, state: SandboxState): Reply | undefined {
  const [scheme, encoded] = (headers.authorization ?? '').split(' ');
  const expected = `${state.twilio.sid}:${state.twilio.token}`;
  const given = Buffer.from(encoded ?? '', 'base64').toString();
  if (scheme?.toLowerCase() !== 'basic' || given !== expected) return twilioRefusals.authenticate;
  return undefined;
}
