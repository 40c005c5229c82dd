/** Words that alone make a name that of a secret. */
const secretWords = new Set(
  'password passwd pwd passphrase passcode secret secrets token jwt otp credential credentials authorization cookie apikey'.split(
    ' ',
  ),
);
/** A key is a secret by what it is for. */
const keyWords = new Set(
  'api access private secret signing encryption master service account auth client webhook x'.split(' '),
);
/** What stands last, where the name is that of something about a secret. */
const aboutWords = new Set(
  'type kind name id ids count limit policy url uri endpoint expiry expires expiration ttl format method hint length scheme status enabled required provider version location field prefix'.split(
    ' ',
  ),
);
/** Marks that are no secret: where a list goes on, what was counted, what may be repeated. */
const harmlessWords = new Set(
  'page next previous continuation max min total public idempotency prompt completion cancel'.split(' '),
);
const glued = /^x?(?:api|auth|access|secret|private|bearer|session|refresh)(?:key|token|secret)s?$/;

/** Words of a name in any writing (apiKey, api-key, API_KEY), lower case. */
export function nameWords(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/**
 * Whether a field, header or parameter of this name holds a secret. `where`: in a URL and in a header `key` and `sig` are credentials,
 * in a body they are anything.
 */
export function isSecretName(name: string, where: 'header' | 'query' | 'body'): boolean {
  const words = nameWords(name);
  const last = words.at(-1);
  if (last === undefined || words.some((word) => harmlessWords.has(word))) return false;
  if (words.length > 1 && aboutWords.has(last)) return false;
  if (where !== 'body' && /^(?:key|sig|signature|auth|session)$/.test(last)) return true;
  if (/^(?:tokens|passwords|apikeys)$/.test(last)) return true;
  if (/^keys?$/.test(last)) return words.slice(0, -1).some((word) => keyWords.has(word));
  return words.some((word) => secretWords.has(word) || glued.test(word));
}

/** `xi-api-key` -> `XI_API_KEY`: what the variable of the environment is called. */
export function variableName(name: string): string {
  const joined = nameWords(name).join('_').toUpperCase().slice(0, 40);
  return /^[A-Z]/.test(joined) ? joined : `SECRET${joined === '' ? '' : `_${joined}`}`;
}
