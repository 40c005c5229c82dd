import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../wire/operation.ts';
import { isObject } from '../json.ts';
import { accept, notAnObject } from '../validation/accept.ts';
import { plainRefusal, type Reply, type ValidationIssue, validationRefusal } from './refusals.ts';
import { twilioRefusal } from './twilio-refusal.ts';

export type ParsedRequest =
  | {
      readonly kind: 'parsed';
      readonly query: unknown;
      readonly body: unknown;
      readonly ignored: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reply: Reply };

interface RawRequest {
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
}

/** Reads query and body by the operation's schemas, as the operation's provider would. */
export function parseRequest(operation: Operation, raw: RawRequest): ParsedRequest {
  const issues: ValidationIssue[] = [];
  const ignored: string[] = [];
  const take = (acceptance: ReturnType<typeof accept>): unknown => {
    if (acceptance.kind === 'accepted') {
      ignored.push(...acceptance.ignored);
      return acceptance.value;
    }
    issues.push(...acceptance.issues);
    return undefined;
  };

  const given = queryObject(raw.query);
  let query: unknown = {};
  if (operation.query) query = take(accept(operation.query, given, { in: 'query', embedded: false }));
  else ignored.push(...Object.keys(given));

  let body: unknown;
  if (operation.body) {
    const read = operation.encoding === 'form' ? formBody(raw.bytes) : jsonBody(raw);
    if (read.kind === 'refused') return { kind: 'refused', reply: read.reply };
    const embedded = isEmbedded(operation);
    body = take(
      isObject(read.value)
        ? accept(operation.body, read.value, { in: 'body', embedded })
        : notAnObject(operation.body, embedded, read.value),
    );
  }
  if (issues.length === 0) return { kind: 'parsed', query, body, ignored };
  const first = issues[0];
  const reply =
    operation.provider === 'twilio'
      ? twilioRefusal(400, 20001, `Invalid parameter ${String(first?.loc.at(-1))}: ${first?.msg}`)
      : validationRefusal(issues);
  return { kind: 'refused', reply };
}

/** FastAPI bodies made of several parameters report a missing one differently from bodies that are one model. */
function isEmbedded(operation: Operation): boolean {
  return !/phone-numbers|settings/.test(operation.path);
}

type ReadJson =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly reply: Reply };

function jsonBody({ bytes, headers }: RawRequest): ReadJson {
  if (bytes.length === 0) return { kind: 'value', value: undefined };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'refused', reply: plainRefusal(400, 'There was an error parsing the body') };
  }
  // FastAPI reads a body of another type as bytes, which are no object.
  const type = headers['content-type'];
  if (type !== undefined && !/^application\/([\w.-]+\+)?json\b/i.test(type))
    return { kind: 'value', value: text };
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch (cause) {
    return { kind: 'refused', reply: validationRefusal([jsonIssue(String(cause), text)]) };
  }
}

function jsonIssue(message: string, text: string): ValidationIssue {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  return {
    type: 'json_invalid',
    loc: ['body', position],
    msg: 'JSON decode error',
    input: {},
    ctx: { error: position >= text.length ? 'Expecting value' : "Expecting ',' delimiter" },
  };
}

function formBody(bytes: Uint8Array): ReadJson {
  return { kind: 'value', value: queryObject(new URLSearchParams(Buffer.from(bytes).toString('utf8'))) };
}

/** A parameter given once is a text, one given more often a list of texts. */
function queryObject(params: URLSearchParams): Record<string, unknown> {
  const names = [...new Set(params.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}
