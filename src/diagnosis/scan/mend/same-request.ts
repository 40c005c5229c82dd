import type { SentRequest } from '../../exchange/exchange.ts';

/** Whether two requests say the same, whatever name stands for a value that is not known. */
export function sameRequest(a: SentRequest, b: SentRequest): boolean {
  return told(a) === told(b);
}

function told({ method, host, path, query, body }: SentRequest): string {
  const value = body.kind === 'json' || body.kind === 'form' ? sorted(body.value, 0) : body.kind;
  const pairs = query.map(([name, text]) => `${name}=${text}`).sort();
  return plain(JSON.stringify([method, host, decoded(path), pairs, value]));
}

function plain(text: string): string {
  return text.replace(/<([\w-]+)>|\$\{([\w-]+)\}/g, '$1$2');
}

function decoded(path: string): string {
  return path.replace(/%3C([\w-]+)%3E/gi, '<$1>');
}

function sorted(value: unknown, depth: number): unknown {
  if (depth > 60 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item, depth + 1));
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner, depth + 1)]);
}
