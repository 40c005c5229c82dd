import type { Access } from '../../api/route.ts';
import { type Caller, mayActAs } from '../caller.ts';
import { Refused } from '../refused.ts';
import type { Authenticate } from './authenticate.ts';
import type { RateLimit } from './rate-limit.ts';

/** Wrong keys from one address that are told so in a minute; after that they are told to wait. */
const FAILURES_PER_MINUTE = 30;

export interface Knock {
  readonly authorization: string | undefined;
  /** Of the socket: what a proxy says of others is not believed. */
  readonly address: string;
  /** It comes from this machine and from nowhere else (`isOverLoopback`). */
  readonly overLoopback: boolean;
  readonly access: Access;
}

/** Headers of a reply that tell a key how much of its rate is left (draft-ietf-httpapi-ratelimit-headers). */
export type RateHeaders = Readonly<Record<string, string>>;

/**
 * Lets a caller in, or says why not. A right key is never kept out by wrong ones from its address: behind a proxy everybody has the same
 * one. Guessing is hopeless against 256 bits; the limit only keeps the noise down.
 */
export function createAdmit(deps: { readonly authenticate: Authenticate; readonly limit: RateLimit }) {
  return async (knock: Knock): Promise<{ caller: Caller | undefined; headers: RateHeaders }> => {
    const { access, authorization, overLoopback, address } = knock;
    const open = access === 'anybody' || (access === 'viewer-or-loopback' && overLoopback);
    if (open) return { caller: undefined, headers: {} };
    const caller =
      authorization === undefined ? undefined : await deps.authenticate(authorization, overLoopback);
    if (!caller) throw refusal(authorization === undefined, address);
    const headers = checkRate(caller);
    const needed = access === 'viewer-or-loopback' ? 'viewer' : access;
    if (!mayActAs(caller, needed)) {
      throw new Refused(
        'forbidden',
        `This needs the role ${needed}; the key ${caller.name} is ${caller.role}.`,
        {
          hint: `Ask an admin for a key with the role ${needed}: donna keys create <name> --role ${needed}.`,
          headers,
        },
      );
    }
    return { caller, headers };
  };

  function refusal(silent: boolean, address: string): Refused {
    const challenge = { 'WWW-Authenticate': 'Bearer realm="donna"' };
    if (silent) {
      return new Refused('unauthenticated', 'The request brings no key.', {
        hint: 'Send Authorization: Bearer donna_… with a key of donna keys create.',
        headers: challenge,
      });
    }
    const { allowed, waitSecs } = deps.limit(`address ${address}`, FAILURES_PER_MINUTE);
    if (!allowed) {
      return new Refused('too-many-requests', 'Too many wrong keys came from this address.', {
        headers: { 'Retry-After': String(waitSecs) },
      });
    }
    return new Refused('unauthenticated', 'The key is not in force.', {
      hint: 'It may be revoked or mistyped; a token of server.json counts only on the server’s own machine.',
      headers: challenge,
    });
  }

  function checkRate({ keyId, ratePerMinute }: Caller): RateHeaders {
    if (ratePerMinute === undefined) return {};
    const { allowed, remaining, waitSecs } = deps.limit(`key ${keyId}`, ratePerMinute);
    const headers = {
      'RateLimit-Policy': `"key";q=${ratePerMinute};w=60`,
      RateLimit: `"key";r=${remaining};t=${waitSecs}`,
    };
    if (allowed) return headers;
    throw new Refused('too-many-requests', `The key may send ${ratePerMinute} requests a minute.`, {
      headers: { ...headers, 'Retry-After': String(waitSecs) },
    });
  }
}

export type Admit = ReturnType<typeof createAdmit>;
