import { CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml';
import { yamlValues } from './text-weight.ts';
import { treeSize } from './tree-size.ts';

export type ParsedYaml =
  | { readonly kind: 'value'; readonly value: unknown }
  /** With line and column where they are known. */
  | { readonly kind: 'problem'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string; readonly hint: string };

/** In characters. 10 MB of a real document take half a second. */
const LARGEST = 16_000_000;
/** Lines and list entries: a real document of 16 MB has about half a million, and 800,000 of the dearest kind take 3 s and 500 MB. */
const MOST_VALUES = 800_000;
const MOST_ALIASES = 10_000;
/** What a document with its aliases written out may hold: they can double it at each step. */
const MOST_EXPANDED = 4_000_000;

/** YAML 1.2 with the merge key `<<`, which many documents use. */
const schema = CORE_SCHEMA.withTags(mergeTag);

/** @param deepest how deep collections may be nested, aliases written out. */
export function parseYaml(text: string, deepest: number): ParsedYaml {
  if (text.length > LARGEST) {
    return {
      kind: 'refused',
      why: `is larger than ${LARGEST / 1_000_000} MB of YAML`,
      hint: 'Convert it to JSON, which is read at up to 64 MB.',
    };
  }
  const values = yamlValues(text);
  if (values > MOST_VALUES) {
    return {
      kind: 'refused',
      why: `holds ${values} lines and values of YAML`,
      hint: 'Convert it to JSON, or cut it down to the operations that matter.',
    };
  }
  let value: unknown;
  try {
    value = load(text, { schema, maxDepth: deepest, maxAliases: MOST_ALIASES });
  } catch (error) {
    // The library's documentation asks to catch every error, not its own alone.
    return problemOf(error);
  }
  return checkAliases(value, deepest);
}

function checkAliases(value: unknown, deepest: number): ParsedYaml {
  const hint = 'Write out what its aliases stand for, or give the document as its provider publishes it.';
  const size = treeSize(value);
  if (size === 'endless') return { kind: 'refused', why: 'holds itself through an alias', hint };
  if (size.values > MOST_EXPANDED) return { kind: 'refused', why: 'multiplies itself by its aliases', hint };
  if (size.depth > deepest) return { kind: 'refused', why: `is nested ${size.depth} deep`, hint };
  return { kind: 'value', value };
}

function problemOf(error: unknown): ParsedYaml {
  if (!(error instanceof YAMLException)) {
    return {
      kind: 'problem',
      why: error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read',
    };
  }
  const place = error.mark ? `line ${error.mark.line + 1}, column ${error.mark.column + 1}: ` : '';
  return { kind: 'problem', why: `${place}${error.reason.slice(0, 200)}` };
}
