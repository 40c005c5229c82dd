import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';
import { shownUrl } from '../doctor/shown-url.ts';

/** A URL taken apart without changing it, as `new URL` would. */
export interface UrlParts {
  /** `undefined`: the text does not say it. */
  readonly scheme: 'http' | 'https' | undefined;
  /** `user:password`, decoded. */
  readonly userinfo: string | undefined;
  /** Lower case, with a port that is not the scheme's own. Empty: a path alone, or a variable stands for it. */
  readonly host: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

const schemeForm = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;
/** What people and shells write where the host would be: $BASE, ${BASE}, $(…), {{base}}, {base}, <host>. */
const variableHost = /^(?:\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\{\{[^}]*\}\}|\{[^}]*\}|<[^>]*>)/;
const hostForm = /^(?:\[[0-9a-fA-F:.]+\]|[^\s/?#@:[\]<>"^`{|}\\]+)(?::\d{0,5})?$/;

/**
 * Reads a URL, one without a scheme, or a path with its query. Globs, braces and dot segments stay. Throws AppError `bad-input`
 * for another scheme than HTTP's and for a host that is none. `assumed` is the
 * scheme of a URL that has none.
 */
export function readUrl(text: string, assumed: 'http' | 'https' = 'https'): UrlParts {
  const trimmed = text.trim().toWellFormed();
  const scheme = readScheme(trimmed);
  const rest = trimmed.slice(schemeForm.exec(trimmed)?.[0].length ?? 0);
  const variable = variableHost.exec(rest)?.[0].length ?? 0;
  const from = variable > 0 ? variable + (/^[^/?#]*/.exec(rest.slice(variable))?.[0].length ?? 0) : 0;
  const hostEnd = variable > 0 ? from : rest.search(/[/?#]|$/);
  const authority = variable > 0 ? '' : rest.slice(0, hostEnd);
  const at = authority.lastIndexOf('@');
  const [target = ''] = rest.slice(hostEnd).split('#', 1);
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  return {
    scheme,
    userinfo: at === -1 ? undefined : decodePercent(authority.slice(0, at)),
    host: readHost(authority.slice(at + 1), scheme ?? assumed, trimmed),
    path: wirePath(path),
    query: mark === -1 ? [] : readQuery(target.slice(mark + 1)),
  };
}

/** Pairs of a query or an urlencoded body, decoded; a plus sign is a space. */
export function readQuery(text: string): [name: string, value: string][] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = equals === -1 ? part : part.slice(0, equals);
      const value = equals === -1 ? '' : part.slice(equals + 1);
      return [decodePercent(name.replaceAll('+', ' ')), decodePercent(value.replaceAll('+', ' '))];
    });
}

/** Percent-encoding undone where it is valid UTF-8; the rest stays as it is. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** With a slash in front, and what cannot travel (spaces, other than ASCII) percent-encoded; what is encoded already stays. */
export function wirePath(path: string): string {
  const slashed = path.startsWith('/') ? path : `/${path}`;
  return slashed.toWellFormed().replace(/[^\u0021-\u007e]+/g, (run) => encodeURIComponent(run));
}

function readScheme(text: string): 'http' | 'https' | undefined {
  const found = schemeForm.exec(text)?.[1]?.toLowerCase();
  if (found === undefined || found === 'http' || found === 'https') return found;
  throw new AppError('bad-input', `${printable(found, 20)}:// is not HTTP.`, {
    hint: 'Only requests over http:// and https:// can be explained.',
  });
}

function readHost(text: string, scheme: 'http' | 'https', url: string): string {
  if (text === '') return '';
  if (!hostForm.test(text)) {
    throw new AppError('bad-input', `"${printable(shownUrl(url), 100)}" has no readable host.`, {
      hint: 'Give the URL as it was sent, such as https://api.example.com/v1/things.',
    });
  }
  const own = scheme === 'http' ? ':80' : ':443';
  return text.toLowerCase().replace(new RegExp(`(?:${own}|:)$`), '');
}
