import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiContent, ApiOperation } from '../spec/api-document.ts';

/** The kind of body of an operation that a request's body is compared with. */
export function bodyContent(operation: ApiOperation, request: SentRequest): ApiContent | undefined {
  const contents = operation.body()?.contents ?? [];
  const sent = request.contentType;
  return (
    (sent === undefined ? undefined : contents.find(({ type }) => takes(type, sent))) ??
    (request.body.kind === 'form' ? contents.find(({ type }) => type.includes('form')) : undefined) ??
    contents.find(({ type }) => /[/+]json$/.test(type)) ??
    contents.find(({ type }) => type.includes('form')) ??
    contents[0]
  );
}

/** Whether a declared media type (`application/*`, any type at all) takes a sent one. */
export function takes(declared: string, sent: string): boolean {
  if (declared === sent || declared === '*/*') return true;
  if (declared.endsWith('/*')) return sent.startsWith(declared.slice(0, -1));
  return /[/+]json$/.test(declared) && /[/+]json$/.test(sent);
}

/** The body as a value that has fields; `undefined` where it has none or is not known. */
export function bodyValue(request: SentRequest): unknown {
  return request.body.kind === 'json' || request.body.kind === 'form' ? request.body.value : undefined;
}
