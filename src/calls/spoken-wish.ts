/** What the callee's own words say. `undefined`, never false: that nothing was said is no word for the opposite. */
export interface SpokenWish {
  readonly optOut: true | undefined;
  readonly wrongPerson: true | undefined;
}

/**
 * Phrases by which people end all calls, in English, German, French and Spanish, without accents. They are conservative: a wish for
 * another hour ("not before five", "not today") is none for silence, and a wrong number on an invoice is no wrong person.
 */
const optOut: readonly RegExp[] = [
  /\b(?:(?:do not|don't|dont) (?:ever )?|never )(?:call|phone|ring|contact) (?:(?:me|us|here|this number|this house) )?(?:ever )?(?:again|any ?more)\b(?! (?:before|until|till|today|tonight|tomorrow|this|on|at|in|after|next))/,
  /\bstop (?:calling|phoning|ringing|contacting) (?:me|us|here|this number)\b(?! (?:before|on|at|in|so|during|after|this early))/,
  /\b(?:take|remove|delete) (?:me|us|my (?:phone )?number|our (?:phone )?number|this number) (?:off|from) (?:your|the|this|that) (?:\w+ ){0,2}(?:list|lists|database|system|records)\b/,
  /\b(?:put|add) (?:me|us|my number|this number) (?:on|to) (?:your|the) do[ -]not[ -]call list\b/,
  /\b(?:mich|uns|hier|diese nummer) (?:bitte )?(?:nicht|nie) (?:mehr|wieder) an(?:zu)?rufen\b/,
  /\b(?:rufen sie|ruf) (?:mich|uns|hier|diese nummer|bitte|mich bitte|uns bitte|hier bitte) (?:nicht|nie|niemals) (?:mehr|wieder) an\b/,
  /\bbitte (?:nicht|nie|niemals) (?:mehr|wieder) anrufen\b/,
  /\b(?:streichen|nehmen|loschen|entfernen) sie (?:mich|uns|meine nummer|diese nummer) (?:bitte )?(?:von|aus) (?:ihrer|der|dieser) (?:\w*liste|\w*kartei|datenbank)\b/,
  /\bhoren sie (?:bitte )?auf,? (?:mich|uns|hier) anzurufen\b/,
  /\bne (?:me|nous) (?:rappelez|rappelle|appelez|telephonez|contactez) (?:plus|jamais)\b(?! (?:avant|aujourd|ce soir|apres|a |pendant))/,
  /\bn'appelez plus (?:jamais|ici|ce numero)\b/,
  /\b(?:retirez|enlevez|supprimez|effacez|rayez)(?:-| )(?:moi|nous|mon numero|notre numero|ce numero) (?:de|sur) (?:votre|vos|la|cette) (?:\w+ )?(?:liste|listes|base|fichier|fichiers)\b/,
  /\barretez de (?:m'|nous )(?:appeler|telephoner|contacter)\b/,
  /\bje ne (?:veux|souhaite) plus (?:jamais )?(?:etre (?:appele|contacte)e?|recevoir (?:vos|d'|aucun) ?appels?)/,
  /\bno (?:me|nos) (?:vuelva|vuelvan|vuelvas) a (?:llamar|contactar)\b(?! (?:antes|hasta|hoy|a las|por la))/,
  /\bno (?:me|nos) (?:llame|llamen|llames) (?:mas|nunca mas|nunca)\b(?! (?:antes|hoy|tarde|temprano))/,
  /\b(?:borreme|quiteme|eliminenme|elimineme|saqueme|quitenme|borrenme) de (?:su|la|esta) (?:lista|base)\b/,
  /\b(?:quite|borre|elimine|saque) mi numero de (?:su|la|esta) (?:lista|base)\b/,
  /\bdeje[ns]? de llamar(?:me|nos)\b/,
];

const wrongPerson: readonly RegExp[] = [
  /\byou(?: have|'ve| have got|'ve got| must have| got| dialed| dialled| called| have dialed| have dialled| have called| reached| have reached)(?: reached)? the wrong (?:number|person)\b/,
  /(?:^|[.!?,;] )(?:i'm sorry,? |sorry,? |no,? |it's a |that's a |oh,? )*wrong number(?:[.!,;]|$)/,
  /\b(?:nobody|no one|no-one) (?:here )?(?:by|of|with) (?:that|this) name\b/,
  /\bthere(?: is|'s) (?:nobody|no one|no-one) (?:here )?(?:called|named|by|of|with)\b/,
  /\b(?:do not|don't) know (?:anyone|anybody) (?:here )?(?:called|named|by|of|with)\b/,
  /\bsie (?:haben )?sich (?:da |wohl |bestimmt |leider )*verwahlt\b/,
  /\bsie haben (?:da |wohl |leider )*die falsche (?:nummer|person)\b/,
  /\bfalsch verbunden\b/,
  /\bniemand(?:en)? (?:mit|unter) (?:diesem|dem) namen\b/,
  /\bvous (?:vous )?(?:etes )?trompe[rsz]? de (?:numero|personne)\b/,
  /\bvous avez (?:fait |compose )?(?:un |le )(?:faux|mauvais) numero\b/,
  /\berreur de numero\b/,
  /\bpersonne (?:ici )?(?:de|a) ce nom\b/,
  /\bs[ei] (?:ha|han) equivocado de (?:numero|persona)\b/,
  /\bse equivoco de (?:numero|persona)\b/,
  /(?:^|[.!?,;] )(?:lo siento,? |perdon,? |no,? |es un |esta )*numero equivocado(?:[.!,;]|$)/,
  /\bno hay nadie (?:aqui )?(?:con ese nombre|que se llame)\b/,
];

/** Reads the turns of the callee alone. A question ("do I have the wrong number?") is not told apart from its statement. */
export function spokenWish(calleeTurns: readonly string[]): SpokenWish {
  const said = calleeTurns.map(plainWords);
  const says = (phrases: readonly RegExp[]) =>
    said.some((turn) => phrases.some((phrase) => phrase.test(turn))) || undefined;
  return { optOut: says(optOut), wrongPerson: says(wrongPerson) };
}

/** A transcript may come with or without accents and typographic apostrophes. */
function plainWords(turn: string): string {
  return turn
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[¿¡]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
