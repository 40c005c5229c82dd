import { readErrorBody } from '../../wire/elevenlabs/error.ts';
import { operations } from '../../wire/operations.ts';
import { drift } from '../spec/drift.ts';
import type { DriftFinding } from '../spec/drift-finding.ts';
import { readDocument } from '../spec/read-document.ts';
import { readOperations } from '../spec/read-operations.ts';
import type { Check, CheckContext, CheckResult, Statement } from './check.ts';
import { knownAddition } from './known-additions.ts';
import { liveWord } from './live-word.ts';
import { callPaths } from './probe.ts';
import { seen } from './read-answer.ts';

const request = { method: 'GET', provider: 'elevenlabs', path: '/openapi.json', auth: 'none' } as const;
const SHOWN = 15;

/** Differences after which requests fail or replies cannot be read; the others take something away. */
const breaking: readonly DriftFinding['kind'][] = [
  'endpoint-gone',
  'newly-required',
  'type-changed',
  'reply-field-gone',
  'reply-type-changed',
];

interface Judged {
  readonly finding: DriftFinding;
  readonly breaks: boolean;
  /** What a live answer says against the document. */
  readonly contradicted?: string;
}

export const document: Check = {
  name: 'document',
  title: 'Donna’s wire agrees with the provider’s OpenAPI document',
  needs: ['tls'],
  async run(context): Promise<CheckResult> {
    const answer = await context.ask(request);
    const source = seen(request, answer);
    const body = answer.kind === 'reply' && answer.status === 200 ? answer.body : undefined;
    const read = readDocument(body, 'the live document');
    if (read.kind === 'not-a-document') {
      return {
        status: 'warning',
        summary:
          body === undefined
            ? 'the document cannot be fetched'
            : `what came is no OpenAPI document: ${read.why}`,
        evidence: [source],
        follows: 'Drift of the API cannot be ruled out; the checks of live answers still hold.',
        fix: 'Diagnose again later.',
      };
    }
    const ours = operations.filter(({ provider }) => provider === 'elevenlabs');
    const all = drift(readOperations(ours), read.model);
    const additions = all.filter((finding) => knownAddition(finding)).length;
    const found = await Promise.all(
      all.filter((finding) => !knownAddition(finding)).map((finding) => judge(finding, context)),
    );
    const compared = `${ours.length} operations compared with ${read.model.operations.length}`;
    const evidence: Statement[] = [
      source,
      {
        authority: 'document',
        text:
          additions === 0
            ? compared
            : `${compared}; ${additions} fields are known from the SDK or live answers only`,
      },
      ...found.slice(0, SHOWN).flatMap(describe),
      ...(found.length > SHOWN
        ? [{ authority: 'document', text: `and ${found.length - SHOWN} more (see --json)` } as const]
        : []),
    ];
    return conclude(found, evidence);
  },
};

function conclude(found: readonly Judged[], evidence: readonly Statement[]): CheckResult {
  const facts = { drift: found.map(({ finding }) => finding) };
  if (found.length === 0) {
    return {
      status: 'ok',
      summary: 'no drift',
      evidence,
      follows: 'The API has not changed under Donna.',
      facts,
    };
  }
  const breaks = found.filter((one) => one.breaks);
  const first = (breaks[0] ?? found[0])?.finding;
  const told = first ? `${first.operation}: ${place(first)}${first.message}` : '';
  const count = found.length === 1 ? '1 difference' : `${found.length} differences`;
  return {
    status: breaks.length > 0 ? 'failed' : 'warning',
    summary: `${count}; ${told}`,
    evidence,
    follows:
      breaks.length > 0
        ? 'The API has changed: requests written for the earlier one fail.'
        : 'The API has changed where Donna can do without.',
    fix: 'Update Donna. Until then, leave out the fields named here.',
    facts,
  };
}

/** A live answer beats the document: an endpoint that answers is there, and what it does not ask for is not required. */
async function judge(finding: DriftFinding, context: CheckContext): Promise<Judged> {
  const path = callPaths.find((known) => finding.operation === `POST ${known}`);
  const breaks = finding.severity === 'error' && breaking.includes(finding.kind);
  if (path === undefined || !breaks) return { finding, breaks };
  const answer = await context.ask({ method: 'POST', provider: 'elevenlabs', path });
  if (finding.kind === 'endpoint-gone' && liveWord(answer) === 'exists') {
    return { finding, breaks: false, contradicted: `POST ${path} answers all the same` };
  }
  if (finding.kind === 'newly-required' && answer.kind === 'reply' && answer.status === 422) {
    const missing = readErrorBody(answer.body).issues?.map(({ loc }) => loc.slice(1).join('.')) ?? [];
    const topLevel = finding.field !== undefined && !finding.field.includes('.');
    if (topLevel && !missing.includes(finding.field)) {
      return { finding, breaks: false, contradicted: `POST ${path} does not ask for ${finding.field}` };
    }
  }
  return { finding, breaks };
}

function describe({ finding, contradicted }: Judged): Statement[] {
  const successor = finding.successor ? `; ${finding.successor} took over` : '';
  const text = `${finding.kind}: ${finding.operation}, ${place(finding)}${finding.message}${successor} (${finding.pointer})`;
  const said: Statement = { authority: 'document', text };
  return contradicted ? [said, { authority: 'live', text: contradicted }] : [said];
}

function place({ where, field }: DriftFinding): string {
  return field ? `${where} ${field}: ` : '';
}
