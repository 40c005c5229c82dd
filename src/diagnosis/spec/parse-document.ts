import { AppError } from '../../kernel/errors.ts';
import { jsonProblem } from '../exchange/json-problem.ts';
import type { Json } from './api-document.ts';
import { decodeDocument } from './decode-document.ts';
import { isJson } from './is-json.ts';
import { refused } from './refused-document.ts';
import { jsonWeight } from './text-weight.ts';

/** In bytes or characters. */
const LARGEST = 64_000_000;
/** Values of a JSON text: a real document of 64 MB has about 2.6 million, and 3 million of any kind take less than 1 GB. */
const MOST_VALUES = 3_000_000;
/** Brackets inside brackets. The deepest of real documents have about 30. */
const DEEPEST = 500;

/** How minified text ends that is nested deep; a look at each character costs ten times as much. */
const manyClosings = /[\]}][\]}\s,]{250}/;

/**
 * The object that the text of a document holds: JSON, else YAML. Nothing that it refers to is fetched.
 * @param name of the file or URL, for messages.
 * @throws AppError `bad-input` with the place of the fault and the next step. Any input ends within 5 s and 1 GB.
 */
export async function parseDocument(source: string | Uint8Array, name: string): Promise<Json> {
  if (source.length > LARGEST) {
    throw refused(
      name,
      `is larger than ${LARGEST / 1_000_000} MB`,
      'Cut it down to the operations that matter.',
    );
  }
  const text = typeof source === 'string' ? source.replace(/^\ufeff/, '') : decodeDocument(source, name);
  const start = text.slice(0, 1000).trimStart();
  if (start === '' && text.trim() === '')
    throw refused(name, 'is empty', 'Give an OpenAPI 3 document in JSON or YAML.');
  if (start.startsWith('<')) throw markup(name, start);
  const value = /^[{["]/.test(start) ? await fromBrackets(text, name) : await fromYaml(text, name);
  if (!isJson(value)) {
    const what = Array.isArray(value)
      ? 'a list'
      : typeof value === 'string'
        ? 'plain text'
        : 'a single value';
    throw refused(name, `is ${what}, not a document`, 'Give an OpenAPI 3 document in JSON or YAML.');
  }
  return value;
}

async function fromBrackets(text: string, name: string): Promise<unknown> {
  checkWeight(text, name);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = jsonProblem(text);
    if (!problem) throw cause;
    // YAML may be written with brackets as well, and allows more than JSON does.
    const value = await fromYaml(text, name).catch(() => undefined);
    if (value !== undefined) return value;
    throw notRead(name, 'JSON', problem);
  }
}

function checkWeight(text: string, name: string): void {
  if (text.length <= MOST_VALUES && !manyClosings.test(text)) return;
  const { values, depth } = jsonWeight(text);
  if (depth > DEEPEST) {
    throw refused(name, `is nested ${depth} deep`, `Give a document nested at most ${DEEPEST} deep.`);
  }
  if (values > MOST_VALUES) {
    throw refused(name, `holds ${values} values`, 'Cut it down to the operations that matter.');
  }
}

async function fromYaml(text: string, name: string): Promise<unknown> {
  const { parseYaml } = await import('./parse-yaml.ts');
  const parsed = parseYaml(text, DEEPEST);
  if (parsed.kind === 'value') return parsed.value;
  if (parsed.kind === 'refused') throw refused(name, parsed.why, parsed.hint);
  throw notRead(name, 'YAML', parsed.why);
}

function notRead(name: string, language: 'JSON' | 'YAML', problem: string): AppError {
  return new AppError('bad-input', `${name} cannot be read as ${language}: ${problem}.`, {
    hint: 'Mend it there, or give the document as its provider publishes it.',
  });
}

function markup(name: string, start: string): AppError {
  return /^<(?:!doctype\s+html|html|head|body)/i.test(start)
    ? refused(
        name,
        'is a web page, not a document',
        'Give the address of the document itself; a page of documentation often links it as openapi.json or openapi.yaml.',
      )
    : refused(name, 'is XML or HTML, not a document', 'Give an OpenAPI 3 document in JSON or YAML.');
}
