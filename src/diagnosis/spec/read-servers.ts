import type { ApiServer, DocumentOrigin, Json } from './api-document.ts';
import { isJson } from './is-json.ts';

/** Reads `servers`. A variable stands for its default; a relative URL has no host. None declared: one server at `/`. */
export function readServers(declared: unknown, origin: DocumentOrigin): readonly ApiServer[] {
  const listed = Array.isArray(declared) ? declared.filter(isJson) : [];
  const servers = listed.flatMap((one) => (typeof one.url === 'string' ? [readServer(one, one.url)] : []));
  if (servers.length > 0) return servers;
  // A document without servers is served from where it is fetched (OpenAPI 3.1, 4.8.1).
  const from =
    origin.kind === 'live' || origin.kind === 'cache' ? /^https?:\/\/[^/]+/.exec(origin.name) : null;
  return [readServer({}, from?.[0] ?? '/')];
}

function readServer(declared: Json, written: string): ApiServer {
  const variables = isJson(declared.variables) ? declared.variables : {};
  const url = written.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isJson(variable) && typeof variable.default === 'string' ? variable.default : whole;
  });
  const parts = /^(?:(https?):)?\/\/([^/?#]*)([^?#]*)/i.exec(url);
  const path = parts ? (parts[3] ?? '') : (url.split(/[?#]/)[0] ?? '');
  const trimmed = path.replace(/\/+$/, '');
  return {
    url,
    host: parts?.[2]?.toLowerCase() || undefined,
    serves: servesHosts(written, variables, parts?.[2]?.toLowerCase()),
    scheme: parts?.[1]?.toLowerCase() === 'http' ? 'http' : 'https',
    basePath: trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`,
    description: typeof declared.description === 'string' ? declared.description : undefined,
  };
}

function servesHosts(written: string, variables: Json, host: string | undefined): (host: string) => boolean {
  if (!host) return () => true;
  const template = /^(?:https?:)?\/\/([^/?#]+)/i.exec(written)?.[1] ?? '';
  if (!template.includes('{')) return (sent) => sent === host;
  const pattern = hostPattern(template, variables);
  return (sent) => sent === host || (sent.length < 254 && pattern?.test(sent) === true);
}

/** @returns `undefined` for more variables than a host has labels. */
function hostPattern(template: string, variables: Json): RegExp | undefined {
  const parts = template.toLowerCase().split(/\{([^{}]*)\}/);
  if (parts.length > 9) return undefined;
  const made = parts.map((part, index) =>
    index % 2 === 0 ? escaped(part) : `(?:${valuesOf(part, variables)})`,
  );
  return new RegExp(`^${made.join('')}$`);
}

function valuesOf(name: string, variables: Json): string {
  const key = Object.keys(variables).find((one) => one.toLowerCase() === name);
  const variable = key === undefined ? undefined : variables[key];
  const listed = isJson(variable) && Array.isArray(variable.enum) ? variable.enum : [];
  return listed.length === 0 ? '[^.]+' : listed.map((one) => escaped(String(one).toLowerCase())).join('|');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
