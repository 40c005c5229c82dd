import type { Explanation } from '../../../diagnosis/explanation.ts';
import type { Proof } from '../../../diagnosis/proof.ts';
import { proveConformance } from '../../../diagnosis/prove-conformance.ts';
import type { ApiDocument } from '../../../diagnosis/spec/api-document.ts';
import type { ExplainWorld } from './explain-world.ts';

/** Finds out what is known of a corrected request: by the document, on the sandbox, and only with `probe` at the provider. */
export async function proveFix(
  explanation: Explanation,
  documents: readonly ApiDocument[],
  world: ExplainWorld,
  probe: boolean,
): Promise<Proof> {
  const { operation, fix, request, findings } = explanation;
  if (!operation || !fix) return {};
  const conforms = proveConformance(explanation, documents);
  const replay = await world.replay({
    sent: request,
    corrected: fix.request,
    operation,
    misdirected: findings.some(({ where }) => where.part === 'path' || where.part === 'method'),
  });
  const probed = probe ? await world.probe(operation) : undefined;
  const notDone = {
    ...(replay.kind === 'not-done' ? { sandbox: replay.why } : {}),
    ...(probed?.kind === 'not-done' ? { probed: probed.why } : {}),
  };
  return {
    ...(conforms ? { conforms } : {}),
    ...(replay.kind === 'replayed'
      ? { sandbox: { before: replay.before, after: replay.after, what: replay.what } }
      : {}),
    ...(probed?.kind === 'probed' ? { probed: { status: probed.status, what: probed.what } } : {}),
    ...(Object.keys(notDone).length > 0 ? { notDone } : {}),
  };
}
