import type { CreatedKey, KeyView } from '../../api/key.ts';
import type { AccessKey } from '../../calls/index.ts';
import { newAccessKey } from '../access/access-key.ts';
import type { Authenticate } from '../access/authenticate.ts';
import { ownNames } from '../caller.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handlers } from '../exchange.ts';
import { Refused } from '../refused.ts';
import { momentText } from '../views/moment-text.ts';

/** Who may use the API. */
export function keys(
  deps: Pick<ServerDeps, 'keys' | 'clock' | 'newId' | 'randomBytes'> & {
    readonly authenticate: Pick<Authenticate, 'forget'>;
  },
): Pick<Handlers, 'listKeys' | 'createKey' | 'revokeKey'> {
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
    async revokeKey({ params }) {
      const revoked = await deps.keys.revoke(params.id, deps.clock.now());
      deps.authenticate.forget();
      if (revoked) return { status: 200, body: view(revoked) };
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
