import { AppError } from '../../kernel/errors.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Explanation } from '../explanation.ts';
import type { Concern, FindConcern } from './concern.ts';
import type { FoundCall, FoundCommand, UnreadCall } from './found-call.ts';
import { holdingFindings, type OpenParts } from './holding-findings.ts';
import { knownHost } from './known-host.ts';
import { requestOf, type SourceRequest } from './request-of.ts';
import { requestOfCommand } from './request-of-command.ts';

/** A call of a source file beside what the documents say of it. */
export interface JudgedCall {
  readonly call: FoundCall | FoundCommand;
  readonly concern: Concern;
  /** With the findings that hold whatever the source leaves open. */
  readonly explanation: Explanation;
  readonly source: SourceRequest;
  /** Why what is found may be no mistake at all: then it is no error, and nothing is mended without a person. */
  readonly doubt: string | undefined;
}

export interface Judge {
  readonly concern: FindConcern;
  readonly explain: (exchange: Exchange) => Explanation;
}

/** Explains a call; unread where that cannot be done, `undefined` where it is none of the documents' business. */
export function judgeCall(call: FoundCall | FoundCommand, judge: Judge): JudgedCall | UnreadCall | undefined {
  const unread = (why: string, host?: string): UnreadCall => ({ via: call.via, span: call.span, why, host });
  let source: SourceRequest;
  try {
    source = 'request' in call ? requestOfCommand(call) : requestOf(call);
  } catch (error) {
    if (error instanceof AppError)
      return unread(error.message, 'url' in call ? knownHost(call.url) : undefined);
    throw error;
  }
  const { request, baseUnknown } = source;
  if (asksAboutServer.has(request.method)) return undefined;
  const concern = judge.concern.of(request, baseUnknown);
  if (!concern) return undefined;
  const path = concern.ahead + request.path;
  const explained = judge.explain({ request: { ...request, path } });
  const open: OpenParts = { ...source.open, baseUnknown };
  const findings = holdingFindings(explained, open);
  const likely = explained.operation?.confidence ?? 0;
  if (concern.by === 'likeness' && likely < surely) return undefined;
  if (explained.verdict === 'cannot-tell' && findings.every(({ severity }) => severity === 'note')) {
    return unread(explained.answer[0] ?? 'nothing in the documents fits', request.host);
  }
  const wrong = findings.some(({ severity }) => severity !== 'note');
  const doubt =
    concern.by === 'likeness'
      ? 'it may be a call to another API'
      : mayBeElsewhere(explained)
        ? 'the document has only a part of the API, and this may be in another'
        : undefined;
  return {
    call,
    concern,
    source,
    doubt,
    explanation: {
      ...explained,
      verdict: wrong ? 'wrong' : 'nothing-wrong',
      findings: doubt === undefined ? findings : findings.map(milder),
    },
  };
}

/** Answered by servers themselves; documents hardly ever name them. */
const asksAboutServer = new Set(['OPTIONS', 'HEAD', 'TRACE']);

/** A path that only begins like one of the API is judged where the operation is clear. */
const surely = 0.7;

/** How likely it must be that the document has the operation at all, whichever it is. */
const likelyKnown = 0.55;

/** A document made from what Donna uses lacks most of its API, so another method of a path, or a path that is only like one, may well exist. */
function mayBeElsewhere({ request, operation, alternatives, documents }: Explanation): boolean {
  if (!operation) return false;
  const origin = documents.find(({ title }) => title === operation.document)?.origin;
  if (origin?.kind !== 'wire') return false;
  const any = alternatives.reduce((sum, { confidence }) => sum + confidence, operation.confidence);
  return operation.method !== request.method || any < likelyKnown;
}

function milder<Finding extends Explanation['findings'][number]>(finding: Finding): Finding {
  return finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
}
