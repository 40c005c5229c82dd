/**
 * What only machines say when they pick up. English, German, French and Spanish greetings, by phrases that a person who answers a
 * phone does not use. Only the callee's first two turns are read: later a person may talk about a voicemail.
 */
const phrases: readonly { readonly kind: 'voicemail' | 'menu' | 'fax'; readonly words: RegExp }[] = [
  {
    kind: 'voicemail',
    words:
      /\b(leave (?:a|your|me a) (?:message|name)|after the (?:tone|beep)|voice ?mail(?: box)?\b.*\b(?:full|of|for)|(?:is|are) not available (?:right now|to take)|record your message|has been forwarded to|can(?:no|')t (?:come to the phone|take your call))\b/i,
  },
  { kind: 'voicemail', words: /\b(nach dem (?:ton|signalton|piep)|hinterlassen sie|mailbox von)\b/i },
  {
    kind: 'voicemail',
    words: /\b(après le (?:bip|signal)|laissez?(?:-moi)? (?:un|votre) message|messagerie de)\b/i,
  },
  {
    kind: 'voicemail',
    words: /\b(después (?:de la señal|del tono)|dej[ea] (?:un|su) mensaje|buzón de voz)\b/i,
  },
  {
    kind: 'menu',
    words:
      /\b(press (?:\d|one|two|three|the pound)|for [a-z ]{3,40}, (?:press|say)|drücken sie|appuyez sur|pulse (?:el|\d|uno))\b/i,
  },
  { kind: 'menu', words: /\byour call (?:may be recorded for quality|is important to us)\b/i },
  { kind: 'fax', words: /(?:\bfax tone\b|\[fax\]|\(fax\b)/i },
];

/** Which machine the callee's words give away, if any. */
export function machineWords(calleeTurns: readonly string[]): 'voicemail' | 'menu' | 'fax' | undefined {
  const opening = calleeTurns.slice(0, 2).join(' ');
  return phrases.find((phrase) => phrase.words.test(opening))?.kind;
}
