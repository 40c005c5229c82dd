import type { SourceValue } from './source-value.ts';

/** The host that a URL names, as far as it is written; `undefined` where it begins with something else. */
export function knownHost(url: SourceValue | undefined): string | undefined {
  if (url?.kind !== 'text') return undefined;
  const [first] = url.parts;
  if (first?.kind !== 'literal') return undefined;
  const found = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(first.text)?.[1]?.toLowerCase();
  return found?.replace(/:(?:80|443)$/, '');
}
