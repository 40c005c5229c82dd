import * as z from 'zod';
import type { Fault } from '../api/problem.ts';
import { nearest } from '../kernel/nearest.ts';
import { printable } from '../kernel/printable.ts';
import { Refused } from './refused.ts';

/** Nobody reads more of them, and to look for names costs: a body can have tens of thousands. */
export const MOST_FAULTS = 50;
/** No name of ours is longer than half of that. */
const LONGEST_MEANT = 60;

/** The faults that a schema found, each with its place, no more than `MOST_FAULTS`; unknown names come with the nearest known one. */
export function faultsOf(
  error: z.ZodError,
  schema: z.ZodType,
  where: 'body' | 'query' | 'header' | 'path',
): Fault[] {
  return error.issues.slice(0, MOST_FAULTS).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = namesAt(schema, issue.path);
      return issue.keys.slice(0, MOST_FAULTS).map((name) => {
        const meant = name.length <= LONGEST_MEANT ? nearest(name, known) : undefined;
        const detail = `${printable(name, 60)} is not known here.${meant ? ` Is ${meant} meant?` : known.length > 0 && known.length <= 20 ? ` Known: ${known.join(', ')}.` : ''}`;
        return placed(where, [...issue.path, name], detail);
      });
    }
    return [placed(where, issue.path, sentence(issue))];
  });
}

/** The refusal that tells all of them. */
export function refusalOfFaults(faults: readonly Fault[]): Refused {
  const [first] = faults;
  const place = first?.pointer ?? first?.parameter;
  const count = faults.length < MOST_FAULTS ? faults.length : `${MOST_FAULTS} or more`;
  const detail =
    faults.length === 1 ? `${place || 'The body'}: ${first?.detail}` : `The request has ${count} faults.`;
  return new Refused('bad-input', detail, {
    hint: 'errors has the faults with their places; GET /openapi.json describes the request.',
    errors: faults.slice(0, MOST_FAULTS),
  });
}

const kinds: Record<string, string> = {
  record: 'an object',
  object: 'an object',
  array: 'a list',
  int: 'a whole number',
  boolean: 'true or false',
};

/** Zod tells what was given only where it is asked to: parse with `reportInput`, or a wrong type counts as something missing. */
function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'It is required.';
    return `It has to be ${kinds[issue.expected] ?? `a ${issue.expected}`}.`;
  }
  if (issue.code === 'invalid_union') return 'It has the wrong type.';
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
}

function placed(
  where: 'body' | 'query' | 'header' | 'path',
  path: readonly PropertyKey[],
  detail: string,
): Fault {
  if (where !== 'body') return { parameter: printable(path.map(String).join('.'), 100), detail };
  const pointer = path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { pointer: printable(pointer, 300), detail };
}

/** The names that an object at this place may have. */
function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const bare = unwrapped(schema);
  const [first, ...rest] = path;
  if (bare instanceof z.ZodObject) {
    if (first === undefined) return Object.keys(bare.shape);
    const next: z.core.$ZodType | undefined = bare.shape[String(first)];
    return next ? namesAt(next, rest) : [];
  }
  if (bare instanceof z.ZodArray && first !== undefined) return namesAt(bare.element, rest);
  if (bare instanceof z.ZodRecord && first !== undefined) return namesAt(bare.valueType, rest);
  return [];
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
}
