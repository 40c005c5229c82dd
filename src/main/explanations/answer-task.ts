import { type ExplainRequest, explainRequest } from '../../api/explain.ts';
import type { Exchange, ReceivedReply } from '../../diagnosis/exchange/exchange.ts';
import { readCurl } from '../../diagnosis/exchange/read-curl.ts';
import { isEntry, readHarEntry } from '../../diagnosis/exchange/read-har.ts';
import { replyBody } from '../../diagnosis/exchange/read-reply.ts';
import { readRequestFile } from '../../diagnosis/exchange/read-request-file.ts';
import { explain } from '../../diagnosis/explain.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Explained } from '../../server/deps.ts';
import { faultsOf } from '../../server/faults.ts';
import type { NamedDocuments } from './named-documents.ts';

/** Explains one request of `POST /v1/explain`, by the bytes of its body. Throws what is no fault of the request. */
export async function answerTask(body: Uint8Array, documents: NamedDocuments): Promise<Explained> {
  try {
    const parsed = explainRequest.safeParse(parse(body), { reportInput: true });
    if (!parsed.success) return { kind: 'faulty', faults: faultsOf(parsed.error, explainRequest, 'body') };
    const asked = parsed.data;
    const exchange = readExchange(asked);
    const found = await documents.of(asked.documents, exchange.request.host);
    if (found.kind === 'refused') return found;
    return { kind: 'explained', json: JSON.stringify(explain(exchange, found.documents)) };
  } catch (error) {
    if (error instanceof AppError) {
      return { kind: 'refused', code: error.code, detail: error.message, hint: hintOf(error) };
    }
    // The stack of what is nested too deep, or a text longer than there can be.
    if (error instanceof RangeError)
      return {
        kind: 'refused',
        code: 'too-costly',
        detail: 'It is nested too deep, or too long, to be explained.',
      };
    throw error;
  }
}

function parse(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it is not UTF-8';
    throw new AppError('bad-input', `The body cannot be read: ${why}.`);
  }
}

/** Hints of readers speak of the options of the command line, which nobody has here. */
function hintOf({ hint }: AppError): string | undefined {
  return hint === undefined || /(?:^|\s)--\w|donna explain/.test(hint) ? undefined : hint;
}

function readExchange({ exchange, curl, har, reply }: ExplainRequest): Exchange {
  if (curl !== undefined)
    return { request: readCurl(curl).request, ...(reply ? { reply: readReply(reply) } : {}) };
  if (har !== undefined) {
    if (isEntry(har)) return readHarEntry(har);
    throw new AppError('bad-input', 'har is no entry of a HAR: it has no request with method and URL.');
  }
  const { request } = readRequestFile(JSON.stringify(exchange?.request ?? {}));
  return { request, ...(exchange?.reply ? { reply: readReply(exchange.reply) } : {}) };
}

function readReply({ status, headers, body }: NonNullable<ExplainRequest['reply']>): ReceivedReply {
  return {
    status,
    ...(headers ? { headers: Object.entries(headers) } : {}),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? replyBody(body) : body }),
  };
}
