import type { SecurityScheme } from '../spec/api-document.ts';
import { carries } from './carries.ts';
import { headerOf } from './header-of.ts';
import type { RuleContext } from './rule.ts';
import { type WantedCredentials, wantedCredentials } from './wanted-credentials.ts';

export interface HollowCredential {
  readonly wanted: WantedCredentials;
  readonly scheme: SecurityScheme;
  /** As it was sent. It holds no secret. */
  readonly value: string;
  readonly why: 'empty' | 'doubled';
}

const EMPTY = /^(?:undefined|null|none|nan|\[object object\]|your[-_ ].*|<.*>|)$/i;

/** A header of credentials that could open no door: empty, `undefined`, `Bearer Bearer …`. */
export function hollowCredential({ match, request, reply }: RuleContext): HollowCredential | undefined {
  if (!match || !request.headers || (reply?.status !== undefined && reply.status < 400)) return undefined;
  const wanted = wantedCredentials(match);
  for (const scheme of wanted?.alternatives.flat() ?? []) {
    if (scheme.in === 'query' || scheme.in === 'cookie' || !carries(request, scheme)) continue;
    const value = headerOf(request, scheme.kind === 'apiKey' ? (scheme.key ?? '') : 'authorization');
    if (!wanted || value === undefined) continue;
    const bare = value.replace(/^(?:bearer|basic|token)(?:\s+|$)/i, '').trim();
    if (EMPTY.test(bare.slice(0, 200))) return { wanted, scheme, value: value.slice(0, 40), why: 'empty' };
    if (/^(?:bearer|basic)\s+(?:bearer|basic)\s/i.test(value))
      return { wanted, scheme, value: 'Bearer Bearer …', why: 'doubled' };
  }
  return undefined;
}
