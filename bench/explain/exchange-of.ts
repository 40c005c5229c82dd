import type { Exchange, SentBody } from '../../src/diagnosis/exchange/exchange.ts';
import type { CaseRequest } from '../../test/fixtures/openapi/case.ts';

/** A case's request as the product gets it. A case says nothing of headers, so they are not known. */
export function exchangeOf(request: CaseRequest): Exchange {
  return {
    request: {
      method: request.method.toUpperCase(),
      scheme: 'https',
      host: request.host.toLowerCase(),
      path: request.path,
      query: Object.entries(request.query ?? {}).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, asText(one)] as const),
      ),
      headers: undefined,
      contentType: request.content_type ?? undefined,
      body: bodyOf(request),
    },
    reply: { status: request.status },
  };
}

function bodyOf({ body, content_type: type }: CaseRequest): SentBody {
  if (body === null || body === undefined) return { kind: 'none' };
  const encoding = type?.endsWith('form-data')
    ? 'multipart'
    : type?.endsWith('urlencoded')
      ? 'urlencoded'
      : undefined;
  if (encoding === undefined || typeof body !== 'object' || Array.isArray(body))
    return { kind: 'json', value: body };
  const fields = Object.entries(body).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(fieldOf) : fieldOf(value),
  ]);
  return { kind: 'form', encoding, value: Object.fromEntries(fields) };
}

/** A form carries text; what is nested stays as the case has it. */
function fieldOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? value : asText(value);
}

function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
