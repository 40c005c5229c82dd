import type { ReceivedReply, SentRequest } from '../exchange/exchange.ts';
import type { ApiDocument, ApiServer } from '../spec/api-document.ts';
import { type Candidate, candidates } from './candidates.ts';
import { evidenceOf } from './evidence.ts';
import { isHostOf } from './is-host-of.ts';
import type { FieldPlan, Match, Ranking } from './match.ts';
import { planFields } from './plan-fields.ts';
import { stepsFit } from './steps-fit.ts';
import { noneWeight } from './weights.ts';

/** How many operations are told. */
const TOLD = 5;

/** The operations that a request may mean, best first, with how likely each is. Pure; cost grows with the number of operations. */
export function rank(
  request: SentRequest,
  documents: readonly ApiDocument[],
  reply?: ReceivedReply,
): Ranking {
  const found = documents
    .flatMap((document) => candidates(request, document, reply))
    .sort((a, b) => b.score - a.score);
  const top = Math.max(noneWeight, found[0]?.score ?? 0);
  const all = found.reduce((sum, one) => sum + Math.exp(one.score - top), Math.exp(noneWeight - top));
  return {
    request,
    matches: found.slice(0, TOLD).map((one) => toMatch(request, one, Math.exp(one.score - top) / all)),
    none: Math.exp(noneWeight - top) / all,
  };
}

function toMatch(request: SentRequest, candidate: Candidate, confidence: number): Match {
  const { document, entry, steps, sketch } = candidate;
  const server = serverFor(request, entry.servers);
  let plan: FieldPlan | undefined;
  const fits = stepsFit(steps);
  const path = `/${steps.flatMap((step) => (step.kind === 'extra' ? [] : [step.right])).join('/')}`;
  return {
    document,
    operation: entry.operation,
    server,
    confidence,
    exact: fits && entry.operation.method === request.method && isHostOf(request, server),
    route: { path, template: `${server.basePath}${entry.operation.path}`, steps },
    // Of most that are told nobody asks for the fields.
    get fields() {
      plan ??= planFields(request, document, entry.operation, server, steps, sketch);
      return plan;
    },
    ...evidenceOf(request, candidate),
  };
}

function serverFor(request: SentRequest, servers: readonly ApiServer[]): ApiServer {
  const [first] = servers;
  if (!first) throw new Error('an operation without a server');
  return servers.find((server) => isHostOf(request, server)) ?? first;
}
