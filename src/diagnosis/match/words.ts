/**
 * A name cut into words: `agentPhoneNumberId`, `agent_phone-number.id` and `AgentPhoneNumberID` are the same four. Lower case, each in
 * its stem, so that number (one, many) makes no difference.
 */
export function wordsOf(name: string): readonly string[] {
  const known = cut.get(name);
  if (known) return known;
  const text = name
    .slice(0, LONGEST_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
  // Node loads the tables of Unicode for the other one, some milliseconds of a process that has 300.
  const parts = /^[ -~]*$/.test(text) ? text.split(/[^a-z0-9]+/) : text.split(/[^\p{L}\p{N}]+/u);
  const made = parts.filter((word) => word !== '').map(stem);
  if (cut.size > MOST_KNOWN) cut.clear();
  cut.set(name, made);
  return made;
}

/** A longer name is told apart by its beginning. */
const LONGEST_NAME = 200;
const MOST_KNOWN = 20_000;
const cut = new Map<string, readonly string[]>();

/** The name without case and separators, in the singular: what is left when only spelling differs. */
export function plainName(name: string): string {
  return wordsOf(name).join('');
}

/** `categories` and `category`, `statuses` and `status`, `calls` and `call` meet. It need not be English, only the same. */
function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ss|x|ch|sh|us)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

/** Words that mean the same in the names of fields. Each line is one meaning, its words in their stem. */
const meanings: readonly (readonly string[])[] = [
  ['name', 'title', 'label', 'friendly', 'display'],
  ['description', 'detail', 'desc', 'summary', 'about', 'note', 'memo', 'comment'],
  ['id', 'identifier', 'sid', 'uuid', 'guid', 'key', 'ref', 'uid'],
  ['text', 'message', 'content', 'body', 'msg'],
  ['file', 'attachment', 'upload', 'document'],
  ['tag', 'label'],
  ['url', 'uri', 'link', 'href', 'endpoint'],
  ['phone', 'telephone', 'tel', 'mobile', 'msisdn', 'did'],
  ['email', 'mail'],
  ['to', 'recipient', 'destination', 'target', 'callee', 'receiver'],
  ['from', 'sender', 'source', 'origin', 'caller'],
  ['instruction', 'guideline', 'prompt'],
  ['start', 'begin', 'since', 'after'],
  ['end', 'finish', 'until', 'before', 'stop'],
  ['time', 'date', 'timestamp', 'at', 'datetime'],
  ['second', 'sec'],
  ['millisecond', 'milli', 'millis', 'ms'],
  ['minute', 'min'],
  ['count', 'num', 'quantity', 'qty', 'total'],
  ['max', 'maximum', 'limit', 'most'],
  ['min', 'minimum', 'least'],
  ['language', 'lang', 'locale'],
  ['country', 'nation'],
  ['state', 'status'],
  ['type', 'kind', 'category'],
  ['user', 'member', 'account'],
  ['organization', 'organisation', 'org', 'company'],
  ['enabled', 'enable', 'active', 'allow', 'allowed', 'on'],
  ['setting', 'config', 'configuration', 'option', 'preference'],
  ['parameter', 'param', 'argument', 'arg'],
  ['variable', 'var'],
  ['callback', 'webhook', 'hook'],
  ['voice', 'speaker'],
  ['record', 'recording'],
  ['delete', 'remove', 'destroy'],
  ['create', 'add', 'new', 'insert'],
  ['update', 'edit', 'modify', 'change'],
  ['list', 'all'],
  ['size', 'length'],
  ['image', 'picture', 'photo', 'img'],
  ['password', 'secret', 'passphrase', 'pwd'],
  ['version', 'revision'],
  ['reason', 'cause'],
  ['comment', 'note', 'remark'],
  ['price', 'cost', 'amount', 'sum', 'total', 'charge'],
  ['currency', 'iso'],
  ['address', 'addr', 'street'],
  ['zip', 'postal', 'postcode'],
  ['query', 'search', 'q'],
  ['order', 'sort'],
  ['page', 'offset', 'cursor'],
];

/** Whether two words, in their stem, mean the same in a name. */
export function sameMeaning(left: string, right: string): boolean {
  return left === right || shareLine(meaningLines, left, right);
}

/** For each word the numbers of the lines that have it. */
function linesOf(lists: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [line, words] of lists.entries()) {
    for (const word of words) {
      const own = found.get(word);
      if (own) own.push(line);
      else found.set(word, [line]);
    }
  }
  return found;
}

const meaningLines = linesOf(meanings);

function shareLine(lines: ReadonlyMap<string, readonly number[]>, left: string, right: string): boolean {
  const others = lines.get(right);
  return others !== undefined && (lines.get(left)?.some((one) => others.includes(one)) ?? false);
}

/** Words that mean the same where they say what is done, as the last word of a path does; as part of a thing's name they do not. */
const acts: readonly (readonly string[])[] = [
  ['call', 'phone', 'dial', 'ring'],
  ['message', 'text', 'sms'],
  ['run', 'execute', 'invoke', 'trigger', 'start', 'launch'],
  ['generate', 'create', 'make', 'synthesize'],
  ['cancel', 'abort', 'stop', 'terminate', 'end'],
  ['send', 'submit', 'post', 'publish'],
  ['check', 'verify', 'validate', 'test'],
  ['copy', 'duplicate', 'clone'],
  ['download', 'export'],
  ['upload', 'import'],
  ['pause', 'suspend'],
  ['resume', 'continue'],
];

const actLines = linesOf(acts);

/** Whether two words, in their stem, name the same act. */
export function sameAct(left: string, right: string): boolean {
  return sameMeaning(left, right) || shareLine(actLines, left, right);
}

/** Pairs that make opposites of names that are otherwise alike. */
const opposites: readonly (readonly [string, string])[] = [
  ['from', 'to'],
  ['start', 'end'],
  ['begin', 'end'],
  ['min', 'max'],
  ['minimum', 'maximum'],
  ['first', 'last'],
  ['before', 'after'],
  ['in', 'out'],
  ['inbound', 'outbound'],
  ['source', 'target'],
  ['source', 'destination'],
  ['width', 'height'],
  ['public', 'private'],
  ['include', 'exclude'],
  ['allow', 'block'],
  ['allow', 'deny'],
  ['enable', 'disable'],
  ['enabled', 'disabled'],
  ['positive', 'negative'],
  ['request', 'response'],
  ['primary', 'secondary'],
  ['success', 'failure'],
  ['read', 'write'],
  ['sender', 'recipient'],
  ['lat', 'lng'],
  ['latitude', 'longitude'],
  ['previous', 'next'],
  ['host', 'guest'],
];

/** Whether one name says the opposite of the other: `from_number` and `to_number`. */
export function opposed(left: readonly string[], right: readonly string[]): boolean {
  return left.some((word) =>
    oppositesOf
      .get(word)
      ?.some((other) => right.includes(other) && !left.includes(other) && !right.includes(word)),
  );
}

const oppositesOf = new Map<string, string[]>();
for (const [one, other] of opposites) {
  oppositesOf.set(one, [...(oppositesOf.get(one) ?? []), other]);
  oppositesOf.set(other, [...(oppositesOf.get(other) ?? []), one]);
}

/** Words by which people name what a method says already. In their stem. */
const verbs = new Set(
  'create,add,new,insert,update,edit,modify,change,set,delete,remove,destroy,list,all,get,fetch,show,view,retrieve,find,search,submit,send,make,do,run,execute,start,begin,post,put,patch,save,store,index,details,info'
    .split(',')
    .map(stem),
);

export function isVerb(segment: string): boolean {
  const words = wordsOf(segment);
  return words.length === 1 && verbs.has(words[0] ?? '');
}
