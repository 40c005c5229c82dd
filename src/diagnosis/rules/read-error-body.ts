import { isJson } from '../spec/is-json.ts';
import { oneLine } from '../spec/one-line.ts';
import { type Complaint, complaintsIn } from './read-complaints.ts';

/** What a provider says about a request that it refused, in whichever of the usual forms. */
export interface ErrorBody {
  /** The provider's name for the error: `not_found`, `20404`. */
  readonly code: string | undefined;
  /** Its sentence, at most 300 characters. */
  readonly message: string | undefined;
  /** What it says of single fields. */
  readonly complaints: readonly Complaint[];
}

const nothing: ErrorBody = { code: undefined, message: undefined, complaints: [] };
const read = new WeakMap<object, ErrorBody>();

/**
 * Reads FastAPI's `detail`, RFC 9457 problems, JSON:API errors, `{error: {…}}`, `{errors: {field: […]}}`, `{message, errors: […]}`,
 * the lists of common validators, and plain text. What has none of these forms says nothing.
 */
export function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === 'string') return { ...nothing, message: readText(body) };
  if (typeof body !== 'object' || body === null) return nothing;
  const known = read.get(body);
  if (known) return known;
  const made = {
    code: firstOf(envelopes(body), CODES),
    message: firstOf(envelopes(body), MESSAGES),
    complaints: complaintsIn(body),
  };
  read.set(body, made);
  return made;
}

const CODES = ['code', 'status', 'error_code', 'errorCode', 'type', 'reason'];
const MESSAGES = ['message', 'detail', 'error_description', 'description', 'msg', 'title', 'error', 'reason'];

/** The objects in which an error speaks of itself, the innermost first. */
function envelopes(body: object): Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = [];
  const outer = Array.isArray(body) ? body[0] : body;
  if (!isJson(outer)) return found;
  for (const name of ['error', 'detail', 'errors', 'fault']) {
    const inner = Object.hasOwn(outer, name) ? outer[name] : undefined;
    const one = Array.isArray(inner) ? inner[0] : inner;
    if (isJson(one)) found.push(one);
  }
  return [...found, outer];
}

function firstOf(objects: readonly Readonly<Record<string, unknown>>[], names: readonly string[]) {
  for (const object of objects) {
    for (const name of names) {
      const value = Object.hasOwn(object, name) ? object[name] : undefined;
      const text = typeof value === 'number' && name !== 'status' ? String(value) : oneLine(value, 300);
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

/** Of an HTML page its title says most. */
function readText(text: string): string | undefined {
  const start = text.slice(0, 4000);
  if (!/^\s*</.test(start)) return oneLine(start, 300);
  return oneLine(/<title[^>]*>([^<]*)/i.exec(start)?.[1] ?? start.replace(/<[^<>]*>/g, ' '), 300);
}
