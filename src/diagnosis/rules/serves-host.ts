import type { ApiDocument, ApiOperation, ApiServer } from '../spec/api-document.ts';
import { isJson } from '../spec/is-json.ts';

/** Whether a host is one of an operation's servers, with any value that a variable in their URLs may have. */
export function servesHost(
  document: ApiDocument,
  operation: ApiOperation | undefined,
  host: string,
): boolean {
  const servers: readonly ApiServer[] = operation?.servers ?? document.servers;
  // A server without a host is wherever the document is.
  if (servers.some((one) => one.host === undefined || one.host === host)) return true;
  const declared = document.root.servers;
  if (!Array.isArray(declared) || host.length > 253) return false;
  return declared.filter(isJson).some((one) => {
    const written = /^(?:https?:)?\/\/([^/?#]+)/i.exec(String(one.url))?.[1];
    return written?.includes('{') === true && fitsTemplate(written, one.variables, host);
  });
}

function fitsTemplate(template: string, variables: unknown, host: string): boolean {
  const parts = template.toLowerCase().split(/\{([^{}]*)\}/);
  // More variables than this in one host are no host.
  if (parts.length > 9) return false;
  let pattern = '^';
  for (const [index, part] of parts.entries()) {
    pattern += index % 2 === 0 ? escaped(part) : `(?:${valuesOf(part, variables)})`;
  }
  return new RegExp(`${pattern}$`).test(host);
}

function valuesOf(name: string, variables: unknown): string {
  if (!isJson(variables)) return '[^.]+';
  const key = Object.keys(variables).find((one) => one.toLowerCase() === name);
  const variable = key === undefined ? undefined : variables[key];
  const listed = isJson(variable) && Array.isArray(variable.enum) ? variable.enum : [];
  if (listed.length === 0) return '[^.]+';
  return listed.map((one) => escaped(String(one).toLowerCase())).join('|');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
