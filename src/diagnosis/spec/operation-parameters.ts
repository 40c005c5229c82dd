import type { ParameterFacts } from '../explanation.ts';
import type { ApiContent, ApiDocument, ApiOperation, ApiParameter } from './api-document.ts';
import { followReference } from './follow-reference.ts';
import { oneLine } from './one-line.ts';
import { schemaDescription } from './schema-description.ts';
import type { Field } from './shape.ts';
import { typeWords } from './type-words.ts';

export interface OperationParameters {
  readonly required: readonly ParameterFacts[];
  readonly optional: readonly ParameterFacts[];
}

/** Headers whose place in a document means nothing (OpenAPI 3.1, 4.8.12.2): the body and the security schemes say them. */
const saidElsewhere = new Set(['accept', 'content-type', 'authorization']);

/**
 * What an operation takes: `path:`, `query:`, `header:` and `cookie:` parameters, then the top-level fields of its body under
 * their bare names; `(body)` where the body is no object. Fields that only replies have are left out.
 */
export function operationParameters(document: ApiDocument, operation: ApiOperation): OperationParameters {
  const content = mainContent(operation.body()?.contents ?? []);
  const told = [
    ...operation
      .parameters()
      .filter((one) => one.in !== 'header' || !saidElsewhere.has(one.name.toLowerCase()))
      .map((one) => ({ required: one.required, facts: ofParameter(document, one) })),
    ...(content ? ofBody(document, content, operation.body()?.required ?? false) : []),
  ];
  return {
    required: told.filter((one) => one.required).map(({ facts }) => facts),
    optional: told.filter((one) => !one.required).map(({ facts }) => facts),
  };
}

/** The content that a body is described by: JSON, else a form, else the first. */
export function mainContent(contents: readonly ApiContent[]): ApiContent | undefined {
  return (
    contents.find(({ type }) => /[/+]json$/.test(type)) ??
    contents.find(({ type }) => type.includes('form')) ??
    contents[0]
  );
}

function ofParameter(document: ApiDocument, parameter: ApiParameter): ParameterFacts {
  return facts({
    name: `${parameter.in}:${parameter.name}`,
    type: typeWords(document.root, parameter.shape(), parameter.schemaPointer),
    deprecated: parameter.deprecated,
    description: oneLine(parameter.description) ?? schemaDescription(document.root, parameter.schemaPointer),
  });
}

function ofBody(document: ApiDocument, content: ApiContent, required: boolean) {
  const shape = content.shape();
  if (shape.fields.size === 0) {
    return [
      {
        required,
        facts: facts({
          name: '(body)',
          type: typeWords(document.root, shape, content.schemaPointer),
          deprecated: false,
          description: schemaDescription(document.root, content.schemaPointer),
        }),
      },
    ];
  }
  return [...shape.fields]
    .filter(([, field]) => followReference(document.root, field.pointer)?.value.readOnly !== true)
    .map(([name, field]) => ({ required: field.required, facts: ofField(document, name, field) }));
}

function ofField(document: ApiDocument, name: string, field: Field): ParameterFacts {
  return facts({
    name,
    type: typeWords(document.root, field.shape(), field.pointer),
    deprecated: followReference(document.root, field.pointer)?.value.deprecated === true,
    description: schemaDescription(document.root, field.pointer),
  });
}

function facts(told: {
  name: string;
  type: string;
  deprecated: boolean;
  description: string | undefined;
}): ParameterFacts {
  return {
    name: told.name,
    type: told.deprecated ? `${told.type}, deprecated` : told.type,
    ...(told.description === undefined ? {} : { description: told.description }),
  };
}
