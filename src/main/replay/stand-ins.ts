import type { SentRequest } from '../../diagnosis/exchange/exchange.ts';
import { demo } from '../../sandbox/index.ts';

/** A value of the user that means nothing to the sandbox, and the one that takes its place there. */
export interface StandIn {
  readonly what: string;
  readonly sent: string;
  readonly used: string;
}

/** Ids of a call that was placed in the sandbox for the replay, where the request speaks of one. */
export interface SandboxCall {
  readonly conversationId: string;
  readonly callSid: string;
}

interface Kind {
  readonly what: string;
  /** Names of fields and of path parameters, without case and separators. */
  readonly names: readonly string[];
  /** What a value looks like whatever it is called. */
  readonly shape?: RegExp;
  readonly used: (call: SandboxCall | undefined) => string | undefined;
}

const ofLine = 'number of the line';
const aNumber = 'number';

const callee = '+12125550142';
const phoneNumber = /^\+[1-9]\d{6,14}$/;

const kinds: readonly Kind[] = [
  { what: 'agent', names: ['agentid'], shape: /^agent_\w+$/, used: () => demo.agentId },
  {
    what: 'line',
    names: ['agentphonenumberid', 'phonenumberid'],
    shape: /^phnum_\w+$/,
    used: () => demo.twilioLineId,
  },
  { what: 'account', names: ['accountsid'], shape: /^AC[0-9a-fA-F]{32}$/, used: () => demo.twilioSid },
  {
    what: 'conversation',
    names: ['conversationid'],
    shape: /^conv_\w+$/,
    used: (call) => call?.conversationId,
  },
  { what: 'call', names: ['callsid'], shape: /^CA[0-9a-fA-F]{32}$/, used: (call) => call?.callSid },
  { what: ofLine, names: ['from', 'fromnumber', 'callerid'], used: () => demo.twilioNumber },
  { what: aNumber, names: [], shape: phoneNumber, used: () => callee },
];

/** What a value is when its shape and its name disagree, is its shape: a telephone number where an id is due has to stay one. */
function kindOf(name: string, value: string): Kind | undefined {
  const byShape = kinds.find(({ shape }) => shape?.test(value));
  const byName = kinds.find(({ names }) => names.includes(plain(name)));
  if (byName?.what === ofLine) return byShape?.what === aNumber ? byName : byShape;
  return byShape ?? byName;
}

/** The operations that dial over a SIP trunk take a line of that kind only. */
const sipTrunk: StandIn = { what: 'line', sent: demo.twilioLineId, used: demo.sipLineId };

/**
 * What stands in for the user's agent, line, account, call and numbers: found by what they look like, and by
 * the names that they have in the requests, the corrected one first. What may be wrong about a value stays wrong.
 */
export function findStandIns(
  requests: readonly SentRequest[],
  template: string,
  call: SandboxCall | undefined,
): StandIn[] {
  const found = new Map<string, StandIn>();
  for (const [name, value] of requests.flatMap((one) => namedValues(one, template))) {
    const kind = kindOf(name, value);
    const used = kind?.used(call);
    if (kind === undefined || used === undefined || found.has(value)) continue;
    found.set(value, { what: kind.what, sent: value, used: onTrunk(used, requests) });
  }
  const order = kinds.map(({ what }) => what);
  return [...found.values()]
    .filter(({ sent, used }) => sent !== used)
    .sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what));
}

/** Whether the request speaks of a call that has to be there. */
export function speaksOfCall(requests: readonly SentRequest[], template: string): boolean {
  const ofCall = kinds.filter(({ what }) => what === 'conversation' || what === 'call');
  return requests
    .flatMap((one) => namedValues(one, template))
    .some(([name, value]) =>
      ofCall.some(({ names, shape }) => names.includes(plain(name)) || shape?.test(value)),
    );
}

function onTrunk(used: string, [corrected]: readonly SentRequest[]): string {
  return used === sipTrunk.sent && corrected?.path.includes('/sip-trunk/') ? sipTrunk.used : used;
}

/** Texts of the path, the query and the body with the names that they have there; those of the path by the template, where it fits. */
function namedValues(request: SentRequest, template: string): [name: string, value: string][] {
  const segments = request.path.split('/');
  const names = template.split('/').map((step) => /\{([^{}]*)\}/.exec(step)?.[1] ?? '');
  // A base path stands before the template.
  const before = segments.length - names.length;
  const inPath = segments.map((segment, at): [string, string] => [
    names[at - before] ?? '',
    decoded(segment),
  ]);
  const inQuery = request.query.map(([name, value]): [string, string] => [name, value]);
  const { body } = request;
  const inBody = body.kind === 'json' || body.kind === 'form' ? leaves(body.value) : [];
  return [...inPath, ...inQuery, ...inBody].filter(([, value]) => value.length > 0 && value.length < 200);
}

function leaves(root: unknown): [string, string][] {
  const found: [string, string][] = [];
  const open: [string, unknown][] = [['', root]];
  for (let next = open.pop(); next && found.length < 10_000; next = open.pop()) {
    const [name, value] = next;
    if (typeof value === 'string') found.push([name, value]);
    else if (Array.isArray(value)) open.push(...value.map((one): [string, unknown] => [name, one]));
    else if (typeof value === 'object' && value !== null) open.push(...Object.entries(value));
  }
  return found;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).replace(/\.json$/, '');
  } catch {
    return segment;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
