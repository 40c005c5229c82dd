import type { Hole } from '../explanation.ts';
import { codeLiteral, type LiteralStyle } from './code-literal.ts';
import type { SentBody, SentRequest } from './exchange.ts';
import { type FormPair, formPairs } from './form-pairs.ts';
import { type Outgoing, outgoing } from './outgoing.ts';
import { plainJson } from './plain-json.ts';
import { type TextPart, variableParts } from './variable-parts.ts';

/** Text of the code that is written. This file itself reads no environment. */
const environment = ['process', 'env'].join('.');

const style: LiteralStyle = {
  text: (value) => text(variableParts(value, 'whole'), ''),
  // In a literal `__proto__: x` sets the prototype.
  name: (value) =>
    value === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(value) ? value : single(value),
  yes: 'true',
  no: 'false',
  nothing: 'null',
  indent: '  ',
};

/**
 * The request as TypeScript for Node 20 with `fetch`; `$NAME` becomes a variable of the environment. Comment lines in front name
 * the holes. Ends with a line feed.
 */
export function writeTypescript(request: SentRequest, holes: readonly Hole[]): string {
  const out = outgoing(request, holes, impliedType);
  const bodyless = (out.method === 'GET' || out.method === 'HEAD') && out.body.kind !== 'none';
  const comments = [
    ...out.comments,
    ...(bodyless ? [`fetch sends no body with ${out.method}: it is left out here.`] : []),
  ];
  const form =
    !bodyless && out.body.kind === 'form' && out.body.encoding === 'multipart' ? formLines(out.body) : [];
  const members = [
    ...(out.method === 'GET' ? [] : [`  method: ${single(out.method)},`]),
    ...headerLines(out),
    ...(bodyless || out.body.kind === 'none' ? [] : [`  body: ${bodyCode(out.body)},`]),
  ];
  const url = text(out.url, '');
  return [
    ...comments.map((line) => `// ${line}`),
    ...form,
    ...(members.length === 0
      ? [`const response = await fetch(${url});`]
      : [`const response = await fetch(${url}, {`, ...members, '});']),
    'console.log(response.status, await response.text());',
    '',
  ].join('\n');
}

/** A text or nothing, as URLSearchParams and FormData have a type of their own. */
function impliedType(body: SentBody): string | undefined {
  return body.kind === 'form' && body.encoding === 'urlencoded'
    ? 'application/x-www-form-urlencoded'
    : undefined;
}

function headerLines({ headers, basic }: Outgoing): string[] {
  const pairs = headers.map(
    ([name, value]) => [name, text(variableParts(value, 'anywhere'), " ?? ''")] as const,
  );
  if (basic) {
    const inner = template(variableParts(`${basic.user}:${basic.password}`, 'anywhere'));
    pairs.push(['Authorization', `\`Basic \${btoa(${inner})}\``]);
  }
  if (pairs.length === 0) return [];
  const names = new Set(pairs.map(([name]) => name.toLowerCase()));
  if (names.size < pairs.length) {
    return ['  headers: [', ...pairs.map(([name, code]) => `    [${single(name)}, ${code}],`), '  ],'];
  }
  return ['  headers: {', ...pairs.map(([name, code]) => `    ${style.name(name)}: ${code},`), '  },'];
}

function bodyCode(body: SentBody): string {
  switch (body.kind) {
    case 'json':
      return `JSON.stringify(${codeLiteral(body.value, style, '  ')})`;
    case 'text':
      return single(body.text);
    case 'form':
      return body.encoding === 'multipart' ? 'form' : searchParams(body.value);
    default:
      return "'<body>'";
  }
}

function searchParams(value: Readonly<Record<string, unknown>>): string {
  const pairs = formPairs(value).map((pair) => {
    const content = 'file' in pair ? pair.file : pair.text;
    return `    [${single(pair.name)}, ${text(variableParts(content, 'whole'), " ?? ''")}],`;
  });
  return ['new URLSearchParams([', ...pairs, '  ])'].join('\n');
}

function formLines(body: Extract<SentBody, { kind: 'form' }>): string[] {
  const pairs = formPairs(body.value);
  const files = pairs.some((pair) => 'file' in pair);
  return [
    ...(files ? ["import { openAsBlob } from 'node:fs';", ''] : []),
    'const form = new FormData();',
    ...pairs.map((pair) => `form.append(${single(pair.name)}, ${partCode(pair)});`),
    '',
  ];
}

function partCode(pair: FormPair): string {
  if ('file' in pair) {
    const name = pair.file.split(/[\\/]/).at(-1) ?? '';
    return `await openAsBlob(${single(pair.file)}), ${single(name)}`;
  }
  if (pair.json) return `new Blob([${single(pair.text)}], { type: 'application/json' })`;
  return text(variableParts(pair.text, 'whole'), " ?? ''");
}

/** `missing`: code for a variable that is not set, where a type demands a text. */
function text(parts: readonly TextPart[], missing: string): string {
  const [only] = parts;
  if (parts.length !== 1 || only === undefined) return template(parts);
  return typeof only === 'string' ? single(only) : `${environment}.${only.variable}${missing}`;
}

function template(parts: readonly TextPart[]): string {
  const written = parts.map((part) =>
    typeof part === 'string'
      ? plainJson(part)
          .slice(1, -1)
          .replace(/\\(.)|`|\$(?=\{)/gs, (found, escaped) => {
            if (escaped === '"') return '"';
            return escaped === undefined ? `\\${found}` : found;
          })
      : `\${${environment}.${part.variable}}`,
  );
  return `\`${written.join('')}\``;
}

function single(value: string): string {
  const inner = plainJson(value).slice(1, -1);
  return `'${inner.replace(/\\(.)|'/gs, (found, escaped) => (escaped === '"' ? '"' : found === "'" ? "\\'" : found))}'`;
}
