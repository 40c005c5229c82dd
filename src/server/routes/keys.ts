import type { CreatedKey, KeyView } from '../../api/key.ts';
import type { AccessKey } from '../../calls/index.ts';
import { newAccessKey } from '../access/access-key.ts';
import type { Authenticate } from '../access/authenticate.ts';
import { ownNames } from '../caller.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handlers } from '../exchange.ts';
import { Refused } from '../refused.ts';
import { momentText } from '../views/moment-text.ts';

const PAGE = 200;

/** Who may use the API. */
export function keys(
  deps: Pick<ServerDeps, 'keys' | 'records' | 'applyEvent' | 'clock' | 'newId' | 'randomBytes'> & {
    readonly authenticate: Pick<Authenticate, 'forget'>;
  },
): Pick<Handlers, 'listKeys' | 'createKey' | 'revokeKey'> {
  /** Cancels what waits in the queue for a key; what was dialled goes on to its end. */
  async function cancelScheduled(keyId: string, by: string): Promise<number> {
    let cancelled = 0;
    for (let found = PAGE; found === PAGE; ) {
      const { items } = await deps.records.list({ keyId, status: ['scheduled'] }, { limit: PAGE });
      const before = cancelled;
      for (const { life } of items) {
        const applied = await deps.applyEvent(life.attempt.id, { kind: 'cancel', by });
        if (applied.kind === 'applied') cancelled += 1;
      }
      // A page of which nothing could be cancelled would come again for ever.
      found = cancelled === before ? 0 : items.length;
    }
    return cancelled;
  }

  return {
    async listKeys() {
      return { status: 200, body: { items: (await deps.keys.list()).map(view) } };
    },
    async createKey({ body, caller }) {
      if (ownNames.includes(body.name.toLowerCase())) {
        throw new Refused('conflict', `The name ${body.name} is one that Donna uses herself.`, {
          hint: 'Give another name: names stand in timelines.',
        });
      }
      const namesake = (await deps.keys.list()).find(
        (key) => key.name === body.name && key.revokedMs === undefined,
      );
      if (namesake) {
        throw new Refused('conflict', `A key in force has the name ${body.name} already.`, {
          hint: `Revoke ${namesake.id} first, or give another name: names stand in timelines.`,
        });
      }
      const { key, record } = newAccessKey(body, caller.name, deps);
      await deps.keys.add(record);
      const reply: CreatedKey = { ...view(record), key };
      return { status: 201, body: reply };
    },
    async revokeKey({ params, caller }) {
      const revoked = await deps.keys.revoke(params.id, deps.clock.now());
      deps.authenticate.forget();
      if (revoked) {
        // Whoever stole the key may have filled the queue with it.
        const cancelledCalls = await cancelScheduled(revoked.id, caller.name);
        return { status: 200, body: { ...view(revoked), cancelledCalls } };
      }
      throw new Refused('not-found', 'No single key has this id or name.', {
        hint: 'GET /v1/keys lists them.',
      });
    },
  };
}

function view(key: AccessKey): KeyView {
  return {
    id: key.id,
    name: key.name,
    role: key.role,
    lastFour: key.lastFour,
    createdAt: momentText(key.createdMs),
    createdBy: key.createdBy,
    revokedAt: momentText(key.revokedMs),
    lastUsedAt: momentText(key.lastUsedMs),
    ratePerMinute: key.ratePerMinute ?? null,
    budget: key.budget ? { ...key.budget } : null,
  };
}
