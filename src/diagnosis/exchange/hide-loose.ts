import { secretForms } from './secret-look.ts';
import { isSecretName, variableName } from './secret-name.ts';
import type { SecretVariables } from './secret-variables.ts';

const namedValue =
  /(["']?)([A-Za-z][\w.-]{1,60})\1(\s{0,5}[:=]\s{0,5})("(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[^\s"',;&}<]+)/g;
/** An element of XML or HTML that holds nothing but text. */
const namedElement =
  /(<(?:[A-Za-z][\w.-]{0,60}:)?([A-Za-z][\w.-]{1,60})(?:\s[^<>]{0,500})?>)([^<>]+)(?=<\/)/g;

/** In text without a form that is known: keys by their look, and what stands behind a name of a secret. */
export function hideLoose(text: string, secrets: SecretVariables): string {
  const named = text.replace(
    namedValue,
    (whole: string, quote: string, name: string, between: string, value: string) => {
      if (!isSecretName(name, 'query')) return whole;
      const open = /^["']/.exec(value)?.[0] ?? '';
      const close = open !== '' && value.length > 1 && value.endsWith(open) ? open : '';
      const content = value.slice(open.length, value.length - close.length);
      // A header of HTTP, or the beginning of one: its scheme is no secret.
      if (/^(?:Bearer|Basic|Token)$/i.test(content)) return whole;
      return `${quote}${name}${quote}${between}${open}${secrets.variable(content, variableName(name))}${close}`;
    },
  );
  const elements = named.replace(namedElement, (whole: string, tag: string, name: string, content: string) =>
    isSecretName(name, 'body') && content.trim() !== ''
      ? tag + secrets.variable(content, variableName(name))
      : whole,
  );
  return elements.replace(secretForms, (found) => secrets.variable(found, 'SECRET'));
}
