import type { Field, Shape } from '../spec/shape.ts';
import type { KnownField } from './match.ts';

type Steps = readonly (string | number)[];

/** An object that was sent and that the operation knows at its place. */
export interface BodyLevel {
  readonly steps: Steps;
  readonly shape: Shape;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface WalkedBody {
  readonly levels: readonly BodyLevel[];
  /** What no field of its level is called. */
  readonly strangers: readonly {
    readonly level: BodyLevel;
    readonly name: string;
    readonly value: unknown;
  }[];
  /** How many fields were known. */
  readonly known: number;
}

const MOST_LEVELS = 200;
const MOST_ITEMS = 20;

/** Goes through a sent body beside the shape that it should have. */
export function walkBody(value: unknown, shape: Shape): WalkedBody {
  const levels: BodyLevel[] = [];
  const strangers: { level: BodyLevel; name: string; value: unknown }[] = [];
  let known = 0;
  const waiting: { value: unknown; shape: Shape; steps: Steps }[] = [{ value, shape, steps: [] }];
  for (let next = waiting.shift(); next && levels.length < MOST_LEVELS; next = waiting.shift()) {
    const { value: here, steps } = next;
    if (Array.isArray(here)) {
      const items = next.shape.items();
      if (!items) continue;
      for (const [index, item] of here.slice(0, MOST_ITEMS).entries()) {
        waiting.push({ value: item, shape: items, steps: [...steps, index] });
      }
      continue;
    }
    if (typeof here !== 'object' || here === null) continue;
    // A file of a form, and what may be anything, is not looked into.
    if (next.shape.fields.size === 0) {
      if (steps.length > 0 || next.shape.rest !== 'closed') continue;
    }
    const level: BodyLevel = { steps, shape: next.shape, value: here as Readonly<Record<string, unknown>> };
    levels.push(level);
    for (const [name, inner] of Object.entries(here)) {
      const field = next.shape.fields.get(name);
      if (field) {
        known++;
        if (typeof inner === 'object' && inner !== null) {
          waiting.push({ value: inner, shape: field.shape(), steps: [...steps, name] });
        }
      } else if (next.shape.rest !== 'map' && !patterned(next.shape, name))
        strangers.push({ level, name, value: inner });
    }
  }
  return { levels, strangers, known };
}

/** `patternProperties` are not listed by name; a name that may be one of them is no stranger. */
function patterned(shape: Shape, name: string): boolean {
  return shape.said.some(({ patternProperties }) => {
    if (typeof patternProperties !== 'object' || patternProperties === null) return false;
    return Object.keys(patternProperties).some((pattern) => pattern.length > 100 || matches(pattern, name));
  });
}

function matches(pattern: string, name: string): boolean {
  // A repetition inside a repetition can take for ever; such a pattern is believed.
  if (/[+*}]\)[+*{]/.test(pattern) || name.length > 200) return true;
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return true;
  }
}

/** A field of a level as a KnownField. */
export function knownField(level: { readonly steps: Steps }, name: string, field: Field): KnownField {
  return {
    place: { in: 'body', steps: [...level.steps, name] },
    required: field.required,
    pointer: field.pointer,
    get description() {
      return descriptionOf(field.shape());
    },
    shape: field.shape,
  };
}

export function descriptionOf(shape: Shape): string | undefined {
  const found = shape.said.find((one) => typeof one.description === 'string')?.description;
  return typeof found === 'string' ? found : undefined;
}
