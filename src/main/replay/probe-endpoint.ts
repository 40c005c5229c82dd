import type { OperationName, Probed } from '../../cli/commands/explain/explain-world.ts';
import { callPaths, type Probe } from '../../diagnosis/doctor/probe.ts';
import { printable } from '../../kernel/printable.ts';
import { readErrorBody } from '../../wire/elevenlabs/error.ts';

/**
 * Asks whether an endpoint that places calls is there: with an empty object as the body, which none of them accepts, so that nobody is
 * called. Other endpoints are not asked, for what an empty body does there is not known.
 */
export async function probeEndpoint(probe: Probe, { method, path }: OperationName): Promise<Probed> {
  const known = method === 'POST' ? callPaths.find((one) => one === path) : undefined;
  if (known === undefined) {
    return notDone('Only the endpoints of ElevenLabs that place calls can be asked without an effect.');
  }
  const reply = await probe.send({ method: 'POST', provider: 'elevenlabs', path: known });
  if (reply.kind === 'unreachable') return notDone(`No reply: ${printable(reply.message, 200)}.`);
  const { message, issues } = readErrorBody(reply.body);
  const missing = issues?.map(({ loc }) => loc.slice(1).join('.')).filter((name) => name !== '') ?? [];
  const asksFor = missing
    .slice(0, 6)
    .map((name) => printable(name, 60))
    .join(', ');
  const what =
    missing.length > 0
      ? `To an empty body, which calls nobody, it says that these are missing: ${asksFor}.`
      : `To an empty body, which calls nobody: ${printable(message, 200) || 'nothing that can be read'}.`;
  return { kind: 'probed', status: reply.status, what };
}

function notDone(why: string): Probed {
  return { kind: 'not-done', why };
}
