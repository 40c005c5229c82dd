import { printable } from '../../kernel/printable.ts';
import type { ReadFile } from './find-curl.ts';

type Pair = readonly [name: string, value: string];

/** Gathers the options of a curl command that become headers. */
export interface CurlHeaders {
  /** Whether this option is about a header; if so it is taken in. */
  take(name: string, value: string): boolean;
  /** `-u` and the user of the URL, unless a header says it. */
  addCredentials(userinfo: string | undefined, options: ReadonlyMap<string, string>): void;
  list(): readonly Pair[];
  /** Null: taken off by `-H 'Content-Type:'`. */
  contentType(): string | null | undefined;
  host(): string | undefined;
}

export function createCurlHeaders(readFile: ReadFile, notes: string[]): CurlHeaders {
  const pairs: Pair[] = [];
  const removed = new Set<string>();
  const cookies: string[] = [];

  function header(line: string): void {
    const colon = line.indexOf(':');
    const name = (colon === -1 ? line.replace(/;\s*$/, '') : line.slice(0, colon)).trim();
    if (colon === -1) {
      // `Name;` is curl's way to send a header without a value.
      if (/^[^\s;]+;\s*$/.test(line)) pairs.push([name, '']);
      else if (line.trim() !== '') notes.push(`curl does not send ${headerWords(line)}: it has no colon.`);
      return;
    }
    const value = line.slice(colon + 1).trim();
    if (value === '') removed.add(name.toLowerCase());
    else pairs.push([name, value]);
  }

  function find(name: string): string | undefined {
    return pairs.find(([one]) => one.toLowerCase() === name)?.[1];
  }

  function take(name: string, value: string): boolean {
    switch (name) {
      case 'header':
        if (value.startsWith('@')) {
          const text = readFile(value.slice(1));
          if (text === undefined)
            notes.push(`The headers of the file ${printable(value.slice(1), 60)} are not known.`);
          for (const line of text?.split(/\r?\n/) ?? []) header(line);
        } else header(value);
        return true;
      case 'user-agent':
        pairs.push(['User-Agent', value]);
        return true;
      case 'referer':
        pairs.push(['Referer', value.replace(/;auto$/, '')]);
        return true;
      case 'range':
        pairs.push(['Range', `bytes=${value}`]);
        return true;
      case 'cookie':
        if (value.includes('=') || value.startsWith('$')) cookies.push(value);
        else if (value !== '')
          notes.push(
            'curl takes what stands after -b for the name of a file, and its cookies are not known.',
          );
        return true;
      default:
        return false;
    }
  }

  return {
    take,
    addCredentials(userinfo, options) {
      const user = options.get('user') ?? userinfo;
      const bearer = options.get('oauth2-bearer');
      if (find('authorization') !== undefined || removed.has('authorization')) return;
      if (bearer !== undefined) pairs.push(['Authorization', `Bearer ${bearer}`]);
      else if (user !== undefined) pairs.push(['Authorization', credentials(user, options)]);
    },
    list: () => (cookies.length === 0 ? pairs : [...pairs, ['Cookie', cookies.join('; ')]]),
    contentType: () => find('content-type') ?? (removed.has('content-type') ? null : undefined),
    host: () => find('host')?.toLowerCase(),
  };
}

function credentials(user: string, options: ReadonlyMap<string, string>): string {
  const pair = user.includes(':') ? user : `${user}:`;
  // What these compute from the credentials is not in the command.
  if (options.has('digest')) return 'Digest $DIGEST';
  if (options.has('aws-sigv4')) return '$SIGNATURE';
  if (options.has('ntlm') || options.has('negotiate')) return 'Negotiate $NEGOTIATE';
  // The value of a variable is not known, so it cannot be encoded.
  const unknown = pair.split(':').some((part) => /^\$(?:\w+|\{.*\}|\(.*\))$/s.test(part));
  return unknown ? `Basic ${pair}` : `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** By its name at most: what follows, or stands alone, may be a key. */
function headerWords(line: string): string {
  const [, name] = /^\s*([A-Za-z][A-Za-z-]{0,39})\s/.exec(line) ?? [];
  return name === undefined ? 'one of the headers' : `the header "${name} …"`;
}
