import { variableReference } from '../../wire/elevenlabs/agent-variables.ts';
import type { JsonObject } from '../json.ts';

/** The text with each variable's value in its place; a name without a value stays as it is written. */
export function fillVariables(text: string, values: JsonObject): string {
  return text.replace(variableReference, (whole, name: string) => {
    const value = values[name];
    return value === undefined || value === null ? whole : spokenValue(value);
  });
}

/** `invoice_number` as it is spoken: "invoice number". */
export function spokenName(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .trim()
    .toLowerCase();
}

function spokenValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
