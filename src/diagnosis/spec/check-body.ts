import type { SentRequest } from '../exchange/exchange.ts';
import { bodyContent, takes } from '../match/body-content.ts';
import type { PlacedIssue } from '../match/match.ts';
import type { ApiContent, ApiDocument, ApiOperation } from './api-document.ts';
import { foldBrackets } from './check-sent.ts';
import { checkValue, type SchemaIssue } from './check-value.ts';

type IsHole = (value: unknown) => boolean;

/** What is wrong with a request's body and its media type. A body that the operation does not declare is no issue. */
export function checkBody(
  document: ApiDocument,
  operation: ApiOperation,
  request: SentRequest,
  isHole: IsHole,
): readonly PlacedIssue[] {
  const declared = operation.body();
  const content = bodyContent(operation, request);
  if (declared === undefined || content === undefined) return [];
  const { body } = request;
  if (body.kind === 'none') return declared.required ? missingBody(document, content) : [];
  const found = checkType(declared.contents, content, request);
  const check = (value: unknown, mode: 'json' | 'text') => [
    ...found,
    ...checkValue(document, content.schemaPointer, value, mode, isHole).map(inBody),
  ];
  if (body.kind === 'json') return check(body.value, isForm(content.type) ? 'text' : 'json');
  if (body.kind === 'form') return check(folded(body.value, content), 'text');
  if (body.kind === 'text' && isJsonType(content.type)) {
    return [
      ...found,
      inBody({
        at: [],
        pointer: content.schemaPointer,
        keyword: 'type',
        expected: [...content.shape().types].join(' or ') || 'JSON',
        sent: body.text,
        message: 'The body must be JSON, and cannot be read as such.',
      }),
    ];
  }
  return found;
}

/** The fields that are due say more than that there is no body. */
function missingBody(document: ApiDocument, content: ApiContent): readonly PlacedIssue[] {
  const types = content.shape().types;
  const due = checkValue(document, content.schemaPointer, {}, 'json').filter(
    ({ keyword }) => keyword === 'required' || keyword === 'branch',
  );
  if (due.length > 0) return due.map(inBody);
  return [
    inBody({
      at: [],
      pointer: content.schemaPointer,
      keyword: 'type',
      expected: [...types].join(' or ') || 'a body',
      sent: undefined,
      message: 'The operation needs a body.',
    }),
  ];
}

/** The media type, where it is known, and the kind of body, which may give it away. */
function checkType(
  contents: readonly ApiContent[],
  content: ApiContent,
  { contentType, body }: SentRequest,
): readonly PlacedIssue[] {
  const isOpen = contentType === undefined || contentType.includes('*');
  const fits = isOpen
    ? !(body.kind === 'json' && isForm(content.type)) && !(body.kind === 'form' && isJsonType(content.type))
    : contents.some(({ type }) => takes(type, contentType));
  if (fits) return [];
  const types = contents.map(({ type }) => type);
  return [
    {
      place: { in: 'header', steps: ['Content-Type'] },
      issue: {
        at: [],
        pointer: content.schemaPointer.replace(/\/content\/[^/]*\/schema$/, ''),
        keyword: 'enum',
        expected: JSON.stringify(types),
        sent: contentType,
        message: `The body must be ${types.join(' or ')}.`,
      },
    },
  ];
}

/** Form fields of objects and lists are often written with brackets. */
function folded(value: Readonly<Record<string, unknown>>, content: ApiContent): unknown {
  const names = Object.keys(value);
  if (!names.some((name) => name.includes('['))) return value;
  const { fields } = content.shape();
  const pairs = names.map((name) => [name, value[name]] as const);
  return Object.fromEntries([
    ...foldBrackets(
      pairs.filter(([name]) => !fields.has(name)),
      (name) => fields.has(name),
    ),
    ...pairs.filter(([name]) => fields.has(name)),
  ]);
}

function isForm(type: string): boolean {
  return type === 'application/x-www-form-urlencoded' || type.startsWith('multipart/');
}

function isJsonType(type: string): boolean {
  return /[/+]json$/.test(type);
}

function inBody(issue: SchemaIssue): PlacedIssue {
  return { place: { in: 'body', steps: issue.at }, issue };
}
