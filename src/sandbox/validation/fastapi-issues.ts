import type * as z from 'zod';
import type { ValidationIssue } from '../http/refusals.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Issue } from './accept.ts';
import { type Path, valueAt } from './place.ts';
import { wantsWholeNumber } from './whole-number.ts';

interface Where {
  readonly in: 'body' | 'query';
  readonly embedded: boolean;
}

/** Zod's complaints as pydantic 2 words them behind FastAPI. Source: pydantic's table of error types. */
export function fastapiIssues(
  schema: z.ZodType,
  issues: readonly Issue[],
  input: unknown,
  where: Where,
): ValidationIssue[] {
  return issues.map((issue) => {
    const path = issue.path as Path;
    const loc = [where.in, ...path];
    const value = valueAt(input, path);
    const parent = valueAt(input, path.slice(0, -1));
    const absent = isObject(parent) && !(String(path.at(-1)) in parent);
    if (absent && value === undefined) {
      const nulled = where.in === 'query' || (where.embedded && path.length === 1);
      return { type: 'missing', loc, msg: 'Field required', input: nulled ? null : parent };
    }
    const { type, msg, ctx } = words(issue, value, wantsWholeNumber(schema, path));
    return { type, loc, msg, input: value ?? null, ...(ctx && { ctx }) };
  });
}

interface Words {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: JsonObject;
}

function words(issue: Issue, value: unknown, whole: boolean): Words {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected === 'number' && whole ? 'int' : issue.expected, value);
    case 'invalid_value': {
      const expected = either(
        issue.values.map((one) => (typeof one === 'string' ? `'${one}'` : String(one))),
      );
      return { type: 'literal_error', msg: `Input should be ${expected}`, ctx: { expected } };
    }
    case 'too_small':
    case 'too_big':
      return sizeWords(issue, value);
    case 'invalid_union': {
      if (!issue.discriminator) break;
      const ctx = { discriminator: `'${issue.discriminator}'` };
      return {
        type: 'union_tag_invalid',
        msg: `Input tag found using ${ctx.discriminator} does not match any of the expected tags`,
        ctx,
      };
    }
    default:
  }
  return { type: 'value_error', msg: 'Value error, the input is not valid' };
}

function typeWords(expected: string, value: unknown): Words {
  const isText = typeof value === 'string';
  switch (expected) {
    case 'string':
      return { type: 'string_type', msg: 'Input should be a valid string' };
    case 'int':
      if (typeof value === 'number') {
        return {
          type: 'int_from_float',
          msg: 'Input should be a valid integer, got a number with a fractional part',
        };
      }
      return isText
        ? {
            type: 'int_parsing',
            msg: 'Input should be a valid integer, unable to parse string as an integer',
          }
        : { type: 'int_type', msg: 'Input should be a valid integer' };
    case 'number':
      return isText
        ? { type: 'float_parsing', msg: 'Input should be a valid number, unable to parse string as a number' }
        : { type: 'float_type', msg: 'Input should be a valid number' };
    case 'boolean':
      return isText || typeof value === 'number'
        ? { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
        : { type: 'bool_type', msg: 'Input should be a valid boolean' };
    case 'array':
      return { type: 'list_type', msg: 'Input should be a valid list' };
    case 'record':
      return { type: 'dict_type', msg: 'Input should be a valid dictionary' };
    default:
      return {
        type: 'model_attributes_type',
        msg: 'Input should be a valid dictionary or object to extract fields from',
      };
  }
}

function sizeWords(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, value: unknown): Words {
  const small = issue.code === 'too_small';
  const bound = Number(small ? issue.minimum : issue.maximum);
  if (issue.origin === 'string') {
    return small
      ? {
          type: 'string_too_short',
          msg: `String should have at least ${characters(bound)}`,
          ctx: { min_length: bound },
        }
      : {
          type: 'string_too_long',
          msg: `String should have at most ${characters(bound)}`,
          ctx: { max_length: bound },
        };
  }
  if (issue.origin === 'array') {
    const length = Array.isArray(value) ? value.length : 0;
    return {
      type: small ? 'too_short' : 'too_long',
      msg: `List should have at ${small ? 'least' : 'most'} ${bound} item${bound === 1 ? '' : 's'} after validation, not ${length}`,
      ctx: { field_type: 'List', [small ? 'min_length' : 'max_length']: bound, actual_length: length },
    };
  }
  if (issue.inclusive === false) {
    return small
      ? { type: 'greater_than', msg: `Input should be greater than ${bound}`, ctx: { gt: bound } }
      : { type: 'less_than', msg: `Input should be less than ${bound}`, ctx: { lt: bound } };
  }
  return small
    ? {
        type: 'greater_than_equal',
        msg: `Input should be greater than or equal to ${bound}`,
        ctx: { ge: bound },
      }
    : { type: 'less_than_equal', msg: `Input should be less than or equal to ${bound}`, ctx: { le: bound } };
}

function characters(count: number): string {
  return `${count} character${count === 1 ? '' : 's'}`;
}

function either(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
