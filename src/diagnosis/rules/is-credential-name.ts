import { wordsOf } from '../match/words.ts';

const OTHER_TOKENS = new Set([
  'page',
  'next',
  'continuation',
  'cursor',
  'csrf',
  'xsrf',
  'sync',
  'device',
  'push',
]);

/** Whether a name is that of a key or token: `X-Api-Key`, `private-token`, `Authorization`. `page_token` and `author_id` are none. */
export function isCredentialName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => word === 'auth' || word === 'authorization' || word === 'secret')) return true;
  const last = words.at(-1);
  if (last === 'key')
    return words.includes('api') || words.includes('access') || words.includes('subscription');
  return last === 'apikey' || (last === 'token' && !words.some((word) => OTHER_TOKENS.has(word)));
}
