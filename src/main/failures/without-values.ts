import type { SentExchange } from '../../kernel/errors.ts';

/** In the place of every number of a person. */
const NUMBER = '+12125550100';
const TEXT = 'text';

/** What names a thing of the API and no person: `phnum_…`, `agent_…`, a SID. Their shape may be what is wrong. */
const id = /^(?:[a-z]{2,20}_[A-Za-z0-9]{8,64}|[A-Z]{2}[0-9a-f]{32})$/;
/** Fields whose texts are words of people, whatever they look like. */
const open = /^(?:dynamic_variables|conversation_config_override|custom_llm_extra_body|user_id|label|name)$/;
const secret = /password|token|secret|key/i;
const word = /^[a-z][a-z0-9_]{0,40}$/;
const anyNumber = /\+\d[\d ().-]{5,18}\d/g;
const anyNumberAlone = /^\+\d[\d ().-]{5,18}\d$/;

/** Values of a longer list would be searched for one by one. */
const MOST_VALUES = 500;
/** What is shorter is found inside of words. */
const SHORTEST = 3;

/**
 * What was sent with stand-ins of the same kind for what people said and are called by, so that no answer can repeat it. `unmask` also takes the
 * values out of words of the provider that quote them.
 */
export function withoutValues(sent: SentExchange): {
  readonly masked: SentExchange;
  readonly unmask: (text: string) => string;
} {
  const values = new Set<string>();
  const mask = (value: unknown, isOpen: boolean, depth: number): unknown => {
    if (typeof value === 'string') {
      if (!isOpen && (id.test(value) || word.test(value))) return value;
      if (values.size < MOST_VALUES && value.length >= SHORTEST) values.add(value);
      if (!anyNumberAlone.test(value)) return TEXT;
      // Carriers quote a number without its plus.
      values.add(value.slice(1));
      return NUMBER;
    }
    if (typeof value !== 'object' || value === null || depth > 30) return value;
    if (Array.isArray(value)) return value.map((one) => mask(one, isOpen, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        mask(inner, isOpen || open.test(name) || secret.test(name), depth + 1),
      ]),
    );
  };
  const url = new URL(sent.url);
  for (const [name, value] of [...url.searchParams]) {
    const masked = mask(value, false, 0);
    if (masked !== value) url.searchParams.set(name, String(masked));
  }
  const body = sent.body === undefined ? {} : { body: mask(sent.body, false, 0) };
  // The longest first: one may be a part of another.
  const found = [...values].sort((a, b) => b.length - a.length);
  return {
    masked: { ...sent, url: url.href, ...body },
    unmask: (text) =>
      found.reduce((left, value) => left.replaceAll(value, '…'), text.replaceAll(anyNumber, '…')),
  };
}
