import type { ServeProcess } from './serve-process.ts';
import type { TakenCall } from './submit-until-taken.ts';

/** How the calls of a soak stand, and what went wrong. */
export interface SoakVerdict {
  readonly ended: number;
  /** A person was asked what became of it. */
  readonly asked: number;
  /** Unknown, and still looked for. */
  readonly searched: number;
  /** Not over yet. */
  readonly open: number;
  /** One sentence each: dialled twice, lost, or ended with nobody having been rung. */
  readonly faults: readonly string[];
}

/** Compares what the server says of the calls with the phones that rang. */
export async function judgeCalls(
  node: ServeProcess,
  calls: readonly TakenCall[],
  rings: ReadonlyMap<string, number>,
): Promise<SoakVerdict> {
  const known = await readAll(node);
  const counts = { ended: 0, asked: 0, searched: 0, open: 0 };
  const faults: string[] = [];
  for (const { id, to } of calls) {
    const rang = rings.get(to) ?? 0;
    const call = known.get(id);
    if (rang > 1) faults.push(`${to} was dialled ${rang} times (${id}).`);
    if (!call) faults.push(`${id} is lost.`);
    else if (call.status === 'ended') {
      counts.ended++;
      if (rang === 0) faults.push(`${id} ended as ${call.outcome?.kind}, and the phone never rang.`);
    } else if (call.status === 'needs-person') counts.asked++;
    else if (call.status === 'unknown') counts.searched++;
    else counts.open++;
  }
  const [dialled, submitted] = [[...rings.keys()], new Set(calls.map(({ to }) => to))];
  for (const to of dialled) if (!submitted.has(to)) faults.push(`${to} rang, and nobody asked for it.`);
  return { ...counts, faults };
}

interface ListedCall {
  readonly id: string;
  readonly status: string;
  readonly outcome: { readonly kind: string } | null;
}

async function readAll(node: ServeProcess): Promise<Map<string, ListedCall>> {
  const calls = new Map<string, ListedCall>();
  let cursor: string | undefined;
  do {
    const page = await node.request(
      'GET',
      `/v1/calls?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    if (page.status !== 200) throw new Error(`The calls cannot be read: ${JSON.stringify(page.json)}`);
    for (const call of page.json.items as ListedCall[]) calls.set(call.id, call);
    cursor = page.json.nextCursor ?? undefined;
  } while (cursor);
  return calls;
}
