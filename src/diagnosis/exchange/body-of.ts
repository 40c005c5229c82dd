import type { SentBody } from './exchange.ts';
import { readMultipart, readUrlencoded } from './form-text.ts';
import { jsonProblem } from './json-problem.ts';

/** JSON nested deeper than this stays text: whoever walks a body after this need not fear for the stack. */
export const DEEPEST_JSON = 500;

const formLike = /^[^\s=&{}"'<>]+=[^\s]*$/;

/**
 * Makes a body of its text. `contentType` is the header's value with its parameters. JSON is recognised under any type but a multipart
 * one: what was meant is clear, and that the type is wrong is another finding.
 */
export function bodyOf(text: string, contentType: string | undefined): SentBody {
  if (text.trim() === '') return { kind: 'none' };
  const type = mediaType(contentType) ?? '';
  if (type.startsWith('multipart/')) {
    const value = readMultipart(text, boundaryOf(contentType));
    if (value) return { kind: 'form', encoding: 'multipart', value };
    const json = jsonLike(text) ? readJson(text) : undefined;
    return json?.kind === 'json'
      ? json
      : { kind: 'text', text, problem: 'the text has no parts as multipart has them' };
  }
  if (isJsonType(type)) {
    const json = readJson(text);
    if (json.kind === 'json' || !formLike.test(text.trim())) return json;
    return { kind: 'text', text, problem: 'the text is a form (name=value), not JSON' };
  }
  if (jsonLike(text) && !type.includes('xml')) {
    const json = readJson(text);
    if (json.kind === 'json' || !formLike.test(text.trim())) return json;
  }
  if (type === 'application/x-www-form-urlencoded' || (type === '' && formLike.test(text.trim()))) {
    return { kind: 'form', encoding: 'urlencoded', value: readUrlencoded(text) };
  }
  return { kind: 'text', text };
}

/** Without parameters, lower case; `undefined` for none. */
export function mediaType(contentType: string | undefined): string | undefined {
  const [type = ''] = (contentType ?? '').split(';', 1);
  return type.trim().toLowerCase() || undefined;
}

function isJsonType(type: string): boolean {
  return /^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(type);
}

function boundaryOf(contentType: string | undefined): string | undefined {
  const found = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  return found?.[1] ?? found?.[2];
}

function jsonLike(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** JSON, or its text with what is wrong. */
export function readJson(text: string): SentBody {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (nestedTooDeep(plain)) {
    return { kind: 'text', text, problem: `the JSON is nested deeper than ${DEEPEST_JSON} levels` };
  }
  try {
    return { kind: 'json', value: JSON.parse(plain) };
  } catch {
    return { kind: 'text', text, problem: jsonProblem(plain) ?? 'the text is no JSON' };
  }
}

function nestedTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x22) quoted = !quoted;
    else if (quoted && char === 0x5c) at++;
    else if (!quoted && (char === 0x7b || char === 0x5b)) {
      if (++depth > DEEPEST_JSON) return true;
    } else if (!quoted && (char === 0x7d || char === 0x5d)) depth--;
  }
  return false;
}
