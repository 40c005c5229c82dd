import type { SuppressionPage, SuppressionView } from '../../api/suppression.ts';
import type { Suppression } from '../../calls/index.ts';
import { maskNumber } from '../../kernel/mask.ts';
import { parsePhoneNumber } from '../../kernel/phone-number.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handlers } from '../exchange.ts';
import { Refused } from '../refused.ts';

/** Numbers that are not called. */
export function suppressions(
  deps: Pick<ServerDeps, 'suppressions' | 'hashNumber' | 'clock'>,
): Pick<Handlers, 'listSuppressions' | 'addSuppression' | 'removeSuppression'> {
  return {
    async listSuppressions({ query }) {
      const page = await deps.suppressions.list({ limit: query.limit, cursor: query.cursor });
      const body: SuppressionPage = { items: page.items.map(view), nextCursor: page.nextCursor ?? null };
      return { status: 200, body };
    },
    async addSuppression({ body, caller }) {
      const nowMs = deps.clock.now();
      const expiresMs = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
      if (expiresMs !== undefined && !(expiresMs > nowMs)) {
        throw new Refused('bad-input', 'expiresAt: It is over already.', {
          errors: [{ pointer: '/expiresAt', detail: 'It is over already.' }],
        });
      }
      const suppression: Suppression = {
        hash: deps.hashNumber(body.number.number),
        masked: maskNumber(body.number.number),
        reason: body.reason,
        note: body.note,
        addedAt: new Date(nowMs),
        addedBy: caller.name,
        ...(expiresMs === undefined ? {} : { expiresAt: new Date(expiresMs) }),
      };
      await deps.suppressions.put(suppression);
      return { status: 201, body: view(suppression) };
    },
    async removeSuppression({ params }) {
      const parsed = params.id.startsWith('+') ? parsePhoneNumber(params.id) : undefined;
      if (parsed?.kind === 'not-a-number')
        throw new Refused('bad-input', `That is not a phone number: ${parsed.why}.`);
      const hash = parsed ? deps.hashNumber(parsed.facts.number) : params.id;
      if (/^[0-9a-f]{64}$/.test(hash) && (await deps.suppressions.remove(hash))) return { status: 204 };
      throw new Refused('not-found', 'No such number is suppressed.', {
        hint: 'Give the id of a suppression, or the number with its + written as %2B.',
      });
    },
  };
}

function view(suppression: Suppression): SuppressionView {
  const { hash, masked, reason, note, addedAt, addedBy, expiresAt } = suppression;
  return {
    id: hash,
    masked,
    reason,
    note,
    addedAt: addedAt.toISOString(),
    addedBy,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
