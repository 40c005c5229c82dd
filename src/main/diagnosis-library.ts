/** The package's `./diagnosis`: why a request fails, by the OpenAPI documents of its API. No network, no files, no environment. */
export type { Exchange, ReceivedReply, SentBody, SentRequest } from '../diagnosis/exchange/exchange.ts';
export type { ReadFile } from '../diagnosis/exchange/find-curl.ts';
export { type ReadCurl, readCurl } from '../diagnosis/exchange/read-curl.ts';
export { hasFailed, readHar } from '../diagnosis/exchange/read-har.ts';
export { readReply } from '../diagnosis/exchange/read-reply.ts';
export { readRequestFile } from '../diagnosis/exchange/read-request-file.ts';
export { writeCurl } from '../diagnosis/exchange/write-curl.ts';
export { writePython } from '../diagnosis/exchange/write-python.ts';
export { writeTypescript } from '../diagnosis/exchange/write-typescript.ts';
export { type ExplainOptions, explain } from '../diagnosis/explain.ts';
export type {
  EndpointPast,
  Evidence,
  Explanation,
  Finding,
  FindingPlace,
  Fix,
  Hole,
  Hypothesis,
  ParameterFacts,
  Severity,
} from '../diagnosis/explanation.ts';
export type { FieldPlace } from '../diagnosis/match/match.ts';
export type { Conformance, Proof } from '../diagnosis/proof.ts';
export { proveConformance } from '../diagnosis/prove-conformance.ts';
export { type CodeLanguage, fixCode } from '../diagnosis/report/fix-code.ts';
export { type JsonReport, jsonReport } from '../diagnosis/report/json.ts';
export { markdownPage } from '../diagnosis/report/markdown.ts';
export type { ReportStyles } from '../diagnosis/report/report-styles.ts';
export { type SarifEntry, type SarifOptions, sarifLog } from '../diagnosis/report/sarif.ts';
export { type TerminalOptions, terminalLines } from '../diagnosis/report/terminal.ts';
export { rules } from '../diagnosis/rules/index.ts';
export type { ApiDocument, DocumentOrigin } from '../diagnosis/spec/api-document.ts';
export {
  createHistory,
  type DatedDocument,
  type DocumentHistory,
  pastOf,
} from '../diagnosis/spec/history.ts';
export { parseDocument } from '../diagnosis/spec/parse-document.ts';
export { readApiDocument } from '../diagnosis/spec/read-api-document.ts';
export type { ErrorCode } from '../kernel/error-codes.ts';
export { AppError } from '../kernel/errors.ts';
