import type { Hole } from '../explanation.ts';
import type { SentBody, SentRequest } from './exchange.ts';
import { type FormPair, formPairs } from './form-pairs.ts';
import { type Outgoing, outgoing } from './outgoing.ts';
import { plainJson } from './plain-json.ts';
import { shellQuote } from './shell-quote.ts';
import { type TextPart, variableParts } from './variable-parts.ts';

/**
 * The request as a curl command for a POSIX shell; `$NAME` becomes a variable of the environment. Comment lines in front name the
 * holes. Ends with a line feed.
 */
export function writeCurl(request: SentRequest, holes: readonly Hole[]): string {
  const out = outgoing(request, holes, impliedType);
  const lines = [
    `curl ${[...methodOptions(out), ...pathOptions(request), shellQuote(out.url)].join(' ')}`,
    ...(out.basic
      ? [`-u ${shellQuote(variableParts(`${out.basic.user}:${out.basic.password}`, 'anywhere'))}`]
      : []),
    ...out.headers.map(
      ([name, value]) =>
        `-H ${shellQuote(value === '' ? [`${name};`] : [`${name}: `, ...variableParts(value, 'anywhere')])}`,
    ),
    ...(out.body.kind !== 'none' && request.contentType === undefined ? ["-H 'Content-Type:'"] : []),
    ...bodyOptions(out.body),
  ];
  return `${out.comments.map((line) => `# ${line}\n`).join('')}${lines.join(' \\\n  ')}\n`;
}

function impliedType(body: SentBody): string | undefined {
  return body.kind === 'none' ? undefined : 'application/x-www-form-urlencoded';
}

function methodOptions({ method, body }: Outgoing): string[] {
  if (method === 'HEAD' && body.kind === 'none') return ['--head'];
  return method === 'GET' && body.kind === 'none'
    ? []
    : ['-X', shellQuote([method]).replace(/^'([\w-]+)'$/, '$1')];
}

/** What curl would make of the path by itself: globs, and dot segments that it removes. */
function pathOptions({ path, host }: SentRequest): string[] {
  return [
    ...(/[[\]{}]/.test(path) || host.includes('[') ? ['--globoff'] : []),
    ...(/\/\.\.?(?:\/|$)/.test(path) ? ['--path-as-is'] : []),
  ];
}

function bodyOptions(body: SentBody): string[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'json':
      return [`--data-raw ${shellQuote(jsonParts(body.value))}`];
    case 'text':
      return [`--data-raw ${shellQuote([body.text])}`];
    case 'unread':
      return ["--data-binary '@<body>'"];
    case 'form':
      return formPairs(body.value).map(body.encoding === 'multipart' ? multipartOption : urlencodedOption);
  }
}

/** `"password": "$PASSWORD"` with the variable outside the single quotes of its surroundings. A name is none. */
function jsonParts(value: unknown): TextPart[] {
  const parts: TextPart[] = [];
  const text = plainJson(value, 2);
  let from = 0;
  for (const found of text.matchAll(/"(\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}))"(?!\s*:)/g)) {
    parts.push(text.slice(from, found.index + 1), ...variableParts(found[1] ?? '', 'whole'));
    from = found.index + found[0].length - 1;
  }
  return [...parts, text.slice(from)];
}

function urlencodedOption(pair: FormPair): string {
  const name = encodeURIComponent(pair.name.toWellFormed());
  const value = 'file' in pair ? `@${pair.file}` : pair.text;
  // Without a name curl would leave the equals sign out.
  if (name === '') return `--data-raw ${shellQuote([`=${encodeURIComponent(value.toWellFormed())}`])}`;
  return `--data-urlencode ${shellQuote([`${name}=`, ...variableParts(value, 'whole')])}`;
}

function multipartOption(pair: FormPair): string {
  if ('file' in pair) return `-F ${shellQuote([`${pair.name}=@${guarded(pair.file)}`])}`;
  if (pair.json) return `-F ${shellQuote([`${pair.name}=${guarded(pair.text)};type=application/json`])}`;
  const option = /^[@<"\s]|;|\s$/.test(pair.text) ? '--form-string' : '-F';
  return `${option} ${shellQuote([`${pair.name}=`, ...variableParts(pair.text, 'whole')])}`;
}

/** curl ends content at a semicolon, and the name of a file at a comma, too, unless it stands in double quotes. */
function guarded(text: string): string {
  return /[;,"]|^\s|\s$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}
