/**
 * Keys that show by their form what they are: a JSON web token, a key in PEM, a word for a secret with random characters after it
 * (`sk-…`, `api_…`), and a short prefix with many characters of mixed case. Ids of resources (`agent_01j…`) are shorter or in one case.
 * Each looks at a run of characters once, from its beginning, so that the time stays linear in the text.
 */
const forms = [
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/,
  /(?<![\w-])(?:sk|pk|rk|ak|pat|key|api|apikey|secret|token|whsec|sess|access|auth)[-_](?=[\w-]*\d)[\w-]{16,}/,
  /(?<![\w-])[A-Za-z]{2,10}[-_](?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])[A-Za-z0-9]{30,}(?![\w-])/,
];

const userInUrl = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:?#"']{1,200}:[^\s/@?#"']{1,200}@/;
const credential = /\b(?:Bearer|Basic|Token)\s+(?=[\w.~+/=-]*\d)[\w.~+/=-]{12,}/;

/** All of these forms in a text, for `replace`. */
export const secretForms = new RegExp(
  [...forms, credential, userInUrl].map((form) => form.source).join('|'),
  'g',
);

/** The whole text is such a key, or holds one. */
export function looksSecret(text: string): boolean {
  return text.length >= 12 && text.search(secretForms) !== -1;
}

/** Random enough to be a credential where, as in a header of one's own, ids are not usual: letters and digits mixed, no words. */
export function looksRandom(text: string): boolean {
  return (
    /^[\w.~+/=-]{24,}$/.test(text) &&
    /\d/.test(text) &&
    /[A-Za-z]/.test(text) &&
    !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text) &&
    !/^[\w.-]+\/[\w.-]+$/.test(text)
  );
}

/** Nothing to hide: empty, a variable, a placeholder, or what stands there where a variable was not set. */
export function isPlaceholder(text: string): boolean {
  return /^(?:|\$\w+|\$\{[^}]*\}|\$\(.*\)|<[^<>]*>|\{+[^{}]*\}+|x{3,}|\*{3,}|\.{3,}|…|your[-_ ].*|undefined|null|none|\[object Object\])$/is.test(
    text.trim(),
  );
}
