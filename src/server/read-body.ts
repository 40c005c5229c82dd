import { Refused } from './refused.ts';

/** Of a body that its route gives no figure of its own. */
const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;
const MAX_VALUES = 50_000;

/** The JSON of a request's body; `undefined` when there is none. */
export async function readBody(request: Request): Promise<unknown> {
  const bytes = await readBodyBytes(request, MAX_BYTES);
  if (bytes.length === 0) return undefined;
  const json = parsed(bytes);
  const oddity = oddityOf(json);
  if (oddity) throw new Refused('bad-input', `The body cannot be taken: ${oddity}.`);
  return json;
}

/** A body that is declared as JSON, unread. */
export async function readBodyBytes(request: Request, mostBytes: number): Promise<Uint8Array> {
  const bytes = await readBytes(request, mostBytes);
  const type = request.headers.get('content-type') ?? '';
  if (bytes.length > 0 && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refused('wrong-media-type', 'The body is not declared as JSON.', {
      hint: 'Send Content-Type: application/json.',
    });
  }
  return bytes;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it is not UTF-8';
    throw new Refused('bad-input', `The body cannot be read: ${why}.`);
  }
}

async function readBytes(request: Request, mostBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new Refused('too-large', `A body has at most ${mostBytes} bytes.`, { headers: { Connection: 'close' } });
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    length += value.length;
    if (length > mostBytes) throw tooLarge();
    chunks.push(value);
  }
}

/** What a parser takes and the rest of the way does not: the database has no place for NUL and for half a character. */
function oddityOf(json: unknown): string | undefined {
  let values = 0;
  const look = (value: unknown, depth: number): string | undefined => {
    if (++values > MAX_VALUES) return `it has more than ${MAX_VALUES} values`;
    if (depth > MAX_DEPTH) return `it is nested deeper than ${MAX_DEPTH}`;
    if (typeof value === 'string') return oddText(value);
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [name, inner] of Object.entries(value)) {
      const odd =
        name === '__proto__' ? 'a name in it is __proto__' : (oddText(name) ?? look(inner, depth + 1));
      if (odd) return odd;
    }
    return undefined;
  };
  return look(json, 0);
}

function oddText(text: string): string | undefined {
  if (text.includes('\u0000')) return 'a text in it has the character U+0000';
  return text.isWellFormed() ? undefined : 'a text in it has half a surrogate pair';
}
