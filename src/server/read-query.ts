import type * as z from 'zod';
import { Refused } from './refused.ts';

/** A query as an object for its schema: repeated names become lists where the schema has one, `metadata.x` and `metadata[x]` a record. */
export function readQuery(url: URL, schema: z.ZodObject): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (value.includes('\u0000')) throw new Refused('bad-input', 'The query has the character U+0000.');
    const pair = /^(\w+)(?:\.([\w.:-]+)|\[([\w.:-]+)\])$/.exec(name);
    const inner = pair?.[2] ?? pair?.[3];
    if (pair?.[1] === 'metadata' && inner !== undefined && 'metadata' in schema.shape) {
      query.metadata = { ...(query.metadata as Record<string, string> | undefined), [inner]: value };
    } else if (isList(schema.shape[name])) {
      query[name] = [...((query[name] as string[] | undefined) ?? []), value];
    } else if (name in query) {
      throw new Refused('bad-input', 'A parameter is given twice.', {
        errors: [{ parameter: name.slice(0, 100), detail: 'It may be given once.' }],
      });
    } else {
      query[name] = value;
    }
  }
  return { ...query };
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (!schema) return false;
  const { def } = schema._zod;
  if (def.type === 'optional') return isList((def as z.core.$ZodOptionalDef).innerType);
  return def.type === 'array';
}
