import * as z from 'zod';
import type { Path } from './place.ts';

/** Whether the schema wants a whole number at a path: Zod's own complaint about a text there says only "number". */
export function wantsWholeNumber(schema: z.ZodType, path: Path): boolean {
  const options = unwrapped(schema);
  const [head, ...rest] = path;
  if (head === undefined) {
    return options.some((option) => option instanceof z.ZodNumber && option.format?.includes('int') === true);
  }
  return options.some((option) => {
    const inner = innerSchema(option, String(head));
    return inner !== undefined && wantsWholeNumber(inner, rest);
  });
}

function innerSchema(schema: z.ZodType, key: string): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[key] as z.ZodType | undefined;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return undefined;
}

function unwrapped(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unwrapped(option as z.ZodType));
  return [schema];
}
