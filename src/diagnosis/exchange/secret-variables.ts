import { isPlaceholder } from './secret-look.ts';

/** The secrets of one exchange and the variables that stand for them. */
export interface SecretVariables {
  /** `$NAME` for the secret; the same for the same secret. A placeholder stays as it is. */
  variable(secret: string, name: string): string;
  /** A longer text is to become this one wherever it is the whole of a value: `Bearer abc` -> `Bearer $API_TOKEN`. */
  whole(text: string, hidden: string): void;
  /** None was found. */
  readonly none: boolean;
  /** With every secret that is known by now replaced, in whatever encoding it stands. */
  replace(text: string): string;
}

/** Secrets that are looked for inside other texts; a request has a few. The others are replaced where they are the whole text. */
const MOST_SOUGHT = 200;
/** Characters. Shorter ones would be found in any word. */
const SHORTEST_SOUGHT = 6;
/** People set these where a password is due; they stand in every text about passwords, too. */
const everyday = /^(?:password|passwort|secret|token|bearer|string|example|authorization|changeme)$/i;

export function createSecretVariables(): SecretVariables {
  const names = new Map<string, string>();
  const wholes = new Map<string, string>();
  const taken = new Set<string>();
  let sought: readonly (readonly [form: string | RegExp, variable: string])[] | undefined;

  return {
    variable(secret, name) {
      if (isPlaceholder(secret)) {
        const own = /^\$\{?(\w+)/.exec(secret)?.[1];
        if (own) taken.add(own);
        return secret;
      }
      const found = names.get(secret);
      if (found !== undefined) return found;
      let free = name;
      for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
      taken.add(free);
      names.set(secret, `$${free}`);
      sought = undefined;
      return `$${free}`;
    },
    whole(text, hidden) {
      if (text !== hidden) wholes.set(text, hidden);
    },
    get none() {
      return names.size === 0;
    },
    replace(text) {
      const whole = names.get(text) ?? wholes.get(text);
      if (whole !== undefined) return whole;
      sought ??= soughtForms(names);
      let replaced = text;
      for (const [form, variable] of sought) {
        // A function, as `$&` and `$1` in a text would be references.
        replaced = replaced.replaceAll(form, () => variable);
      }
      return replaced;
    },
  };
}

function soughtForms(names: ReadonlyMap<string, string>): [form: string | RegExp, variable: string][] {
  const forms: [string | RegExp, string][] = [];
  const longest = [...names].sort(([a], [b]) => b.length - a.length).slice(0, MOST_SOUGHT);
  for (const [secret, variable] of longest) {
    if (everyday.test(secret)) continue;
    const encodings = new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret.toWellFormed()),
      encodeURIComponent(secret.toWellFormed()).replaceAll('%20', '+'),
      Buffer.from(secret).toString('base64'),
    ]);
    for (const form of encodings) {
      if (form.length < SHORTEST_SOUGHT) continue;
      forms.push([/^[a-z]{1,40}$/i.test(form) ? wholeWord(form) : form, variable]);
    }
  }
  return forms;
}

/** A short secret of letters alone may be a part of a longer word. */
function wholeWord(form: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])${form}(?![A-Za-z0-9])`, 'g');
}
