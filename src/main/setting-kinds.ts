import * as z from 'zod';
import { isCountry, parsePhoneNumber } from '../kernel/phone-number.ts';

/** A key goes to this address with every request, so nothing but this very machine is spoken to in the clear. */
export const url = z
  .url({ protocol: /^https?$/, error: 'a URL such as https://api.elevenlabs.io' })
  .refine((text) => !text.startsWith('http:') || isLoopback(new URL(text).hostname), {
    error:
      'an https URL: http would show the key to the network, and is for this machine only (127.0.0.1, localhost)',
  });

export const oneLine = z.string().regex(/^[\x21-\x7e]+$/, 'printable characters without spaces');

export const countries = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((code) => code !== ''))
  .transform((codes) => codes.map((code) => code.toUpperCase()))
  .refine((codes) => codes.length > 0 && codes.every(isCountry), {
    error: ({ input }) => {
      const wrong = (input as string[]).filter((code) => !isCountry(code));
      return `two-letter ISO countries such as US,GB${wrong.length > 0 ? ` (not ${wrong.join(', ')})` : ''}`;
    },
  });

export const numbers = z.string().transform((text, context) =>
  text
    .split(/[\s,;]+/)
    .filter((item) => item !== '')
    .map((item) => {
      const parsed = parsePhoneNumber(item);
      if (parsed.kind === 'number') return parsed.facts.number;
      context.addIssue({ code: 'custom', message: `numbers such as +12125550142 (${item}: ${parsed.why})` });
      return z.NEVER;
    }),
);

const documentExpected = 'names and files such as billing=./billing.yaml,crm=/srv/crm.json';

/** Files by the names under which they are asked for. */
export const documentFiles = z.string().transform((text, context): ReadonlyMap<string, string> => {
  const entries = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item): [string, string] => {
      const equals = item.indexOf('=');
      return [item.slice(0, Math.max(equals, 0)).trim(), item.slice(equals + 1).trim()];
    });
  const isFault = ([name, file]: [string, string]) => !/^[A-Za-z0-9][\w.-]{0,63}$/.test(name) || file === '';
  if (entries.length === 0 || entries.some(isFault) || new Map(entries).size < entries.length)
    context.addIssue({ code: 'custom', message: `${documentExpected}, each name once` });
  return new Map(entries);
});

/** A whole number in a range, given as text. */
export function wholeNumber(min: number, max: number, unit: string) {
  const expected = `a whole number${unit} from ${min} to ${max}`;
  return z.coerce.number({ error: expected }).int(expected).min(min, expected).max(max, expected);
}

/** `true` or `false`, also as 1 and 0, yes and no, on and off. */
export const flag = z
  .string()
  .toLowerCase()
  .refine((text) => /^(true|false|1|0|yes|no|on|off)$/.test(text), 'true or false')
  .transform((text) => /^(true|1|yes|on)$/.test(text));

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
