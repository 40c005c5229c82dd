import type * as z from 'zod';
import type { ValidationIssue } from '../http/refusals.ts';
import { isObject } from '../json.ts';
import { fastapiIssues } from './fastapi-issues.ts';
import { lenientValue } from './lenient-value.ts';
import { type Path, removed, replaced, valueAt } from './place.ts';

export type Acceptance =
  | { readonly kind: 'accepted'; readonly value: unknown; readonly ignored: readonly string[] }
  | { readonly kind: 'refused'; readonly issues: readonly ValidationIssue[] };

export type Issue = z.core.$ZodIssue;

interface Where {
  readonly in: 'body' | 'query';
  /** FastAPI reports a missing field of an embedded body with `input: null`. */
  readonly embedded: boolean;
}

/**
 * Reads a request as the provider does, by the strict schema that our client is held to: a field that the schema
 * does not know is dropped in silence (and named, for the journal), a text that spells a number or a
 * truth value is taken for it, anything else that does not fit is refused in FastAPI's words.
 */
export function accept(schema: z.ZodType, input: unknown, where: Where): Acceptance {
  const ignored: string[] = [];
  let value = input;
  // Each round removes or converts at least one value, so the input's size bounds the rounds.
  for (;;) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { kind: 'accepted', value: parsed.data, ignored };
    const issues = parsed.error.issues.flatMap((issue) => bestBranch(issue, []));
    const real = issues.filter((issue) => !isOpenInDocument(issue));
    // What the document leaves open cannot come out of the parse: the input itself is taken, as far as it was cleaned.
    if (real.length === 0) return { kind: 'accepted', value, ignored };
    const before = value;
    for (const issue of real) {
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) {
          ignored.push([...issue.path, key].map(String).join('.'));
          value = removed(value, issue.path as Path, key);
        }
        continue;
      }
      const lenient = lenientValue(issue, valueAt(value, issue.path as Path), where.in);
      if (lenient !== undefined) value = replaced(value, issue.path as Path, lenient.value);
    }
    if (value === before) return { kind: 'refused', issues: fastapiIssues(schema, real, value, where) };
  }
}

/** The issues of a union are those of the branch that fits best; a strange field alone does not speak against one. */
function bestBranch(issue: Issue, prefix: Path): Issue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const branches = issue.errors.map((errors) => errors.flatMap((inner) => bestBranch(inner, path as Path)));
  const wrong = (branch: Issue[]) => branch.filter((inner) => inner.code !== 'unrecognized_keys').length;
  return branches.toSorted((a, b) => wrong(a) - wrong(b))[0] ?? [{ ...issue, path }];
}

// The document says "any value" for a dynamic variable; our own schema is narrower, the provider is not.
function isOpenInDocument(issue: Issue): boolean {
  const place = issue.path.indexOf('dynamic_variables');
  return place >= 0 && issue.path.length > place + 1;
}

/** What FastAPI says of a body that is no JSON object. */
export function notAnObject(schema: z.ZodType, embedded: boolean, input: unknown): Acceptance {
  if (!embedded) {
    const missing = input === undefined;
    return {
      kind: 'refused',
      issues: [
        missing
          ? { type: 'missing', loc: ['body'], msg: 'Field required', input: null }
          : {
              type: 'model_attributes_type',
              loc: ['body'],
              msg: 'Input should be a valid dictionary or object to extract fields from',
              input,
            },
      ],
    };
  }
  return accept(schema, isObject(input) ? input : {}, { in: 'body', embedded });
}
