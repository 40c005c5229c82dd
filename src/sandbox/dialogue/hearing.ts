/** What the agent makes of a sentence. */
export type Meaning =
  | 'machine'
  | 'menu'
  | 'fax'
  | 'wrong-person'
  | 'later'
  | 'opt-out'
  | 'denial'
  | 'confirmation'
  | 'talk';

// The first that fits wins: a machine's greeting holds words that a person says too.
const signs: readonly (readonly [Meaning, RegExp])[] = [
  ['fax', /\bfax tones?\b/i],
  ['machine', /\b(voice ?mail|leave (me )?a message|after the (beep|tone)|mailbox)\b/i],
  ['menu', /\bpress (\d|one|two|three|star|pound)\b/i],
  ['opt-out', /\b(do not|don't|stop|never) call(ing)?\b|\b(take|remove) me (off|from)\b/i],
  [
    'wrong-person',
    /\bwrong (number|person)\b|\bnobody of that name\b|\bno(body| one) (here )?by that name\b/i,
  ],
  ['later', /\bcall (me )?(back|again)\b|\b(later|another time|in a meeting|busy right now)\b/i],
  ['denial', /^no\b|\bnot (correct|right|true|ours)\b|\b(incorrect|we did not|I did not|deny)\b/i],
  ['confirmation', /\byes\b|\b(that is|that's) (right|correct|true)\b|\bI can confirm\b|\bcorrect\b/i],
];

export function meaningOf(sentence: string): Meaning {
  return signs.find(([, sign]) => sign.test(sentence))?.[0] ?? 'talk';
}
