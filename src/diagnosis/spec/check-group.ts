import type { Json } from './api-document.ts';
import type { BranchGroup, SchemaNode } from './check-schema.ts';
import { isJson } from './is-json.ts';

/** The branches of an `anyOf` or `oneOf`, with what their discriminator says. */
export function readGroup(
  pointer: string,
  branches: readonly SchemaNode[],
  raw: Json,
  word: 'oneOf' | 'anyOf',
): BranchGroup {
  const discriminator = isJson(raw.discriminator) ? raw.discriminator : {};
  const tag = discriminator.propertyName;
  if (typeof tag !== 'string') return { pointer, branches, tag: undefined, tags: [], tagged: new Map() };
  const declared = raw[word];
  const byReference = new Map<string, SchemaNode>();
  const tagged = new Map<string, SchemaNode>();
  for (const [index, branch] of branches.entries()) {
    const one: unknown = Array.isArray(declared) ? declared[index] : undefined;
    if (!isJson(one) || typeof one.$ref !== 'string') continue;
    byReference.set(one.$ref, branch);
    // Without a mapping the name of a schema is its tag (OpenAPI 3.1.1, 4.8.25).
    tagged.set(one.$ref.slice(one.$ref.lastIndexOf('/') + 1), branch);
  }
  const mapping = isJson(discriminator.mapping) ? discriminator.mapping : {};
  for (const value of Object.keys(mapping)) {
    const to = mapping[value];
    const branch = typeof to === 'string' ? (byReference.get(to) ?? tagged.get(to)) : undefined;
    if (branch) tagged.set(value, branch);
  }
  const written = Object.keys(mapping).filter((value) => tagged.has(value));
  return { pointer, branches, tag, tags: written.length > 0 ? written : [...tagged.keys()], tagged };
}
