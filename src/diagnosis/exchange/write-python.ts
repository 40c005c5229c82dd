import type { Hole } from '../explanation.ts';
import { codeLiteral, type LiteralStyle } from './code-literal.ts';
import type { SentBody, SentRequest } from './exchange.ts';
import { type FormPair, formPairs } from './form-pairs.ts';
import { type Outgoing, outgoing } from './outgoing.ts';
import { plainJson } from './plain-json.ts';
import { type TextPart, variableParts } from './variable-parts.ts';

const style: LiteralStyle = {
  text: (value) => text(variableParts(value, 'whole')),
  name: (value) => double(value),
  yes: 'True',
  no: 'False',
  nothing: 'None',
  indent: '    ',
};

/**
 * The request as Python 3 with httpx; `$NAME` becomes a variable of the environment. Comment lines in front name the holes. Ends with
 * a line feed.
 */
export function writePython(request: SentRequest, holes: readonly Hole[]): string {
  const out = outgoing(request, holes, impliedType);
  const call = [
    'response = httpx.request(',
    `    ${double(out.method)},`,
    `    ${text(out.url)},`,
    ...headerLines(out),
    ...bodyLines(out.body),
    ')',
    'print(response.status_code, response.text)',
  ].join('\n');
  return [
    ...out.comments.map((line) => `# ${line}`),
    ...(call.includes('os.environ[') ? ['import os', ''] : []),
    'import httpx',
    '',
    call,
    '',
  ].join('\n');
}

function impliedType(body: SentBody): string | undefined {
  if (body.kind === 'json') return 'application/json';
  return body.kind === 'form' ? 'application/x-www-form-urlencoded' : undefined;
}

function headerLines({ headers, basic }: Outgoing): string[] {
  const auth = basic ? [`    auth=(${part(basic.user)}, ${part(basic.password)}),`] : [];
  if (headers.length === 0) return auth;
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const unique = names.size === headers.length;
  const lines = headers.map(([name, value]) => {
    const code = part(value);
    return unique ? `        ${double(name)}: ${code},` : `        (${double(name)}, ${code}),`;
  });
  return [`    headers=${unique ? '{' : '['}`, ...lines, `    ${unique ? '}' : ']'},`, ...auth];
}

function bodyLines(body: SentBody): string[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'json':
      // httpx takes None for "no JSON".
      if (body.value === null) return ['    content="null",'];
      return [`    json=${codeLiteral(body.value, style, '    ')},`];
    case 'text':
      return [`    content=${double(body.text)},`];
    case 'unread':
      return ['    content="<body>",'];
    case 'form': {
      const pairs = formPairs(body.value);
      return body.encoding === 'multipart'
        ? [
            '    files=[',
            ...pairs.map((pair) => `        (${double(pair.name)}, ${partCode(pair)}),`),
            '    ],',
          ]
        : dataLines(pairs);
    }
  }
}

/** httpx takes a list for a name that comes several times. */
function dataLines(pairs: readonly FormPair[]): string[] {
  const fields = new Map<string, string[]>();
  for (const pair of pairs) {
    const code = text(variableParts('file' in pair ? pair.file : pair.text, 'whole'));
    fields.set(pair.name, [...(fields.get(pair.name) ?? []), code]);
  }
  const lines = [...fields].map(
    ([name, codes]) => `        ${double(name)}: ${codes.length === 1 ? codes[0] : `[${codes.join(', ')}]`},`,
  );
  return ['    data={', ...lines, '    },'];
}

function partCode(pair: FormPair): string {
  if ('file' in pair) return `open(${double(pair.file)}, "rb")`;
  if (pair.json) return `(None, ${double(pair.text)}, "application/json")`;
  return `(None, ${text(variableParts(pair.text, 'whole'))})`;
}

function part(value: string): string {
  return text(variableParts(value, 'anywhere'));
}

/** A literal, a variable of the environment, or an f-string of both. */
function text(parts: readonly TextPart[]): string {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return double(only);
  if (parts.length === 1 && typeof only === 'object') return `os.environ[${double(only.variable)}]`;
  const inner = parts.map((one) =>
    typeof one === 'string'
      ? double(one).slice(1, -1).replace(/[{}]/g, '$&$&')
      : `{os.environ['${one.variable}']}`,
  );
  return `f"${inner.join('')}"`;
}

/** The escapes of JSON are Python's, too. */
function double(value: string): string {
  return plainJson(value);
}
