import * as z from 'zod';

const fault = z.discriminatedUnion('kind', [
  /** Answers with a status instead of the reply: before the request is carried out, or after it was. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    when: z.enum(['before', 'after']).default('before'),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** The connection breaks without a reply: before the request is carried out, or after it was. */
  z.strictObject({ kind: z.literal('reply-lost'), when: z.enum(['before', 'after']).default('after') }),
  /** The reply comes this much later, in milliseconds; the request is carried out at once. */
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(0).max(3_600_000) }),
  /** The reply's status and type are right, and its body is half of the JSON. */
  z.strictObject({ kind: z.literal('malformed-json') }),
  /** Headers promise a body that breaks off. */
  z.strictObject({ kind: z.literal('body-cut') }),
  /** The carrier refuses the dial: 200 with `success: false` and these words. */
  z.strictObject({ kind: z.literal('refuse-dial'), message: z.string().optional() }),
  z.strictObject({ kind: z.literal('webhook-lost') }),
  z.strictObject({ kind: z.literal('webhook-doubled') }),
  z.strictObject({ kind: z.literal('webhook-late'), ms: z.int().min(0).max(86_400_000) }),
  /** Held back until another webhook has been sent. */
  z.strictObject({ kind: z.literal('webhook-out-of-order') }),
]);

/** A fault and where it strikes. Without `operation` and `path` it strikes the next request of any kind. */
export const faultRule = z.strictObject({
  /** Our name of the operation, such as `dialTwilio`; for a webhook its type, such as `post_call_audio`. */
  operation: z.string().optional(),
  method: z.string().optional(),
  /** The whole path, without the query. */
  path: z.string().optional(),
  times: z.int().min(1).max(1_000_000).default(1),
  fault,
});

export type Fault = z.output<typeof fault>;
export type FaultRule = z.output<typeof faultRule>;

export interface FaultTarget {
  readonly operation?: string | undefined;
  readonly method?: string;
  readonly path?: string;
  readonly webhook: boolean;
}

export interface Faults {
  /** Throws a ZodError for a rule that is not one. */
  add(rule: z.input<typeof faultRule>): FaultRule;
  /** The rules that still strike, with the times that are left. */
  list(): readonly FaultRule[];
  clear(): void;
  /** The fault for this request or webhook, used up by asking. */
  take(target: FaultTarget): Fault | undefined;
}

/** Rules strike in the order in which they were added; with a seed, requests without a rule are struck by chance. */
export function createFaults(seed?: number): Faults {
  let rules: FaultRule[] = [];
  const chance = seed === undefined ? undefined : seededFaults(seed);
  return {
    add(rule) {
      const parsed = faultRule.parse(rule);
      rules.push(parsed);
      return parsed;
    },
    list: () => rules,
    clear() {
      rules = [];
    },
    take(target) {
      const found = rules.find((rule) => strikes(rule, target));
      if (!found) return chance?.(target);
      rules = rules
        .map((rule) => (rule === found ? { ...rule, times: rule.times - 1 } : rule))
        .filter((rule) => rule.times > 0);
      return found.fault;
    },
  };
}

function strikes(rule: FaultRule, target: FaultTarget): boolean {
  if (rule.fault.kind.startsWith('webhook-') !== target.webhook) return false;
  if (rule.fault.kind === 'refuse-dial' && !target.operation?.startsWith('dial')) return false;
  return (
    (rule.operation === undefined || rule.operation === target.operation) &&
    (rule.method === undefined || rule.method === target.method) &&
    (rule.path === undefined || rule.path === target.path)
  );
}

const requestFaults: readonly Fault[] = [
  { kind: 'status', status: 429, when: 'before' },
  { kind: 'status', status: 500, when: 'before' },
  { kind: 'status', status: 503, when: 'before' },
  { kind: 'status', status: 500, when: 'after' },
  { kind: 'status', status: 503, when: 'after' },
  { kind: 'reply-lost', when: 'before' },
  { kind: 'reply-lost', when: 'after' },
  { kind: 'malformed-json' },
  { kind: 'body-cut' },
];
const webhookFaults: readonly Fault[] = [
  { kind: 'webhook-lost' },
  { kind: 'webhook-doubled' },
  { kind: 'webhook-late', ms: 120_000 },
  { kind: 'webhook-out-of-order' },
];

const SHARE_STRUCK = 0.2;

function seededFaults(seed: number): (target: FaultTarget) => Fault | undefined {
  // mulberry32: small, and the same on every machine.
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return (target) => {
    const struck = next() < SHARE_STRUCK;
    const list = target.webhook ? webhookFaults : requestFaults;
    const chosen = list[Math.floor(next() * list.length)];
    return struck ? chosen : undefined;
  };
}
