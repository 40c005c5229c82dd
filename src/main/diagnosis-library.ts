export type { Exchange, ReceivedReply, SentBody, SentRequest } from '../diagnosis/exchange/exchange.ts';
export { readCurl } from '../diagnosis/exchange/read-curl.ts';
export { hasFailed, readHar } from '../diagnosis/exchange/read-har.ts';
export { readReply } from '../diagnosis/exchange/read-reply.ts';
export { readRequestFile } from '../diagnosis/exchange/read-request-file.ts';
export { type ExplainOptions, explain } from '../diagnosis/explain.ts';
export type { Explanation, Finding, Fix, Hypothesis } from '../diagnosis/explanation.ts';
export type { Conformance, Proof } from '../diagnosis/proof.ts';
export { proveConformance } from '../diagnosis/prove-conformance.ts';
export { jsonReport } from '../diagnosis/report/json.ts';
export { markdownPage } from '../diagnosis/report/markdown.ts';
export { sarifLog } from '../diagnosis/report/sarif.ts';
export type { ApiDocument, DocumentOrigin } from '../diagnosis/spec/api-document.ts';
export {
  createHistory,
  type DatedDocument,
  type DocumentHistory,
  pastOf,
} from '../diagnosis/spec/history.ts';
export { parseDocument } from '../diagnosis/spec/parse-document.ts';
export { readApiDocument } from '../diagnosis/spec/read-api-document.ts';
export { AppError } from '../kernel/errors.ts';
