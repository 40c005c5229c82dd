import type { ServerDeps } from '../deps.ts';
import type { Handler } from '../exchange.ts';
import { refusalOfFaults } from '../faults.ts';
import { Refused } from '../refused.ts';

/** Says why a request fails. */
export function explain(deps: Pick<ServerDeps, 'explain'>): Handler<'explain'> {
  return async ({ bytes, signal }) => {
    const explained = await deps.explain(bytes, signal);
    if (explained.kind === 'faulty') throw refusalOfFaults(explained.faults);
    if (explained.kind === 'refused') {
      const { code, detail, hint } = explained;
      const again: Record<string, string> = code === 'too-many-requests' ? { 'Retry-After': '5' } : {};
      throw new Refused(code, detail, { hint, headers: again });
    }
    return new Response(explained.json, { status: 200, headers: { 'Content-Type': 'application/json' } });
  };
}
