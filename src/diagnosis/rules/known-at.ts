import type { SentRequest } from '../exchange/exchange.ts';
import { bodyContent } from '../match/body-content.ts';
import type { FieldPlace, Match } from '../match/match.ts';
import { descriptionOf } from '../match/walk-body.ts';
import { plainName } from '../match/words.ts';
import type { Field, Shape } from '../spec/shape.ts';

/** A field of the operation, spelt as the document has it. */
export interface KnownAt {
  readonly place: FieldPlace;
  readonly pointer: string;
  readonly required: boolean;
  readonly description: string | undefined;
  readonly shape: Shape;
}

/**
 * The field or parameter that a provider or a sender means by a way of names. Case and separators may differ; names that only say
 * which branch was tried are passed over. `undefined` where the operation has none.
 */
export function knownAt(
  match: Match,
  request: SentRequest,
  part: FieldPlace['in'] | undefined,
  steps: readonly (string | number)[],
): KnownAt | undefined {
  const [first] = steps;
  if (first === undefined) return undefined;
  if (part === undefined || part === 'body') {
    const found = inBody(match, request, steps);
    if (found || part === 'body') return found;
  }
  const name = String(first);
  const parameters = match.operation
    .parameters()
    .filter((one) => (part === undefined || one.in === part) && alike(one.name, name));
  const parameter = parameters.find((one) => one.name === name) ?? parameters[0];
  return (
    parameter && {
      place: { in: parameter.in, steps: [parameter.name] },
      pointer: parameter.pointer,
      required: parameter.required,
      description: parameter.description,
      shape: parameter.shape(),
    }
  );
}

function inBody(
  match: Match,
  request: SentRequest,
  steps: readonly (string | number)[],
): KnownAt | undefined {
  const content = bodyContent(match.operation, request);
  if (!content) return undefined;
  const found: (string | number)[] = [];
  let shape: Shape | undefined = content.shape();
  let field: Pick<Field, 'pointer' | 'required'> | undefined;
  for (const [index, step] of steps.slice(0, 50).entries()) {
    if (!shape) return undefined;
    const next = entered(shape, step);
    if (!next) {
      // A branch of a union, or an envelope such as `data`: of no account as long as a later name is known.
      if (index < steps.length - 1) continue;
      return undefined;
    }
    found.push(next.step);
    shape = next.shape;
    field = next;
  }
  if (!shape || !field) return undefined;
  return {
    place: { in: 'body', steps: found },
    pointer: field.pointer,
    required: field.required,
    description: descriptionOf(shape),
    shape,
  };
}

function entered(shape: Shape, step: string | number) {
  if (typeof step === 'number') {
    const items = shape.items();
    return items && { step, shape: items, pointer: items.pointer, required: false };
  }
  const name = shape.fields.has(step) ? step : [...shape.fields.keys()].find((one) => alike(one, step));
  const field = name === undefined ? undefined : shape.fields.get(name);
  return field && name !== undefined
    ? { step: name, shape: field.shape(), pointer: field.pointer, required: field.required }
    : undefined;
}

function alike(left: string, right: string): boolean {
  return left === right || plainName(left) === plainName(right);
}
