import * as z from 'zod';

/** One of the known words, or a word that the provider has added since. */
export type OpenWord<Known extends string> = Known | (string & {});

/**
 * An enumeration in a reply. The known words are listed for the reader, the editor and the sandbox's document; any
 * other string passes as it is, because a new word of the provider must not turn a call that was placed
 * into an error. Compare with the known words and keep a branch for the rest.
 */
export function openEnum<const Known extends readonly [string, ...string[]]>(
  known: Known,
): z.ZodType<OpenWord<Known[number]>, OpenWord<Known[number]>> {
  return z.union([z.enum(known), z.string()]);
}
