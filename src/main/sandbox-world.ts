import type { SandboxWorld } from '../cli/commands/sandbox.ts';
import { fasterClock, realClock } from '../kernel/clock.ts';
import { realRandomBytes } from '../kernel/ids.ts';
import { callees, createSandbox, demoAccount, fidelity, readStateDocument } from '../sandbox/index.ts';
import { plans } from '../sandbox/state.ts';
import { createSandboxFetch } from './sandbox-fetch.ts';

/** The sandbox on its own: a world that ends with the process, so that each run starts from the same account. */
export function createSandboxWorld(): SandboxWorld {
  return {
    plans,
    callees,
    fidelity,
    async start({ port, speed, plan, state, faultSeed, refused }) {
      const given = state === undefined ? demoAccount() : readStateDocument(state);
      const fetch = createSandboxFetch();
      const sandbox = await createSandbox({
        clock: fasterClock(realClock, speed),
        randomBytes: realRandomBytes,
        fetch,
        state:
          plan === undefined ? given : readStateDocument({ ...given, account: { ...given.account, plan } }),
        faultSeed,
        refused: (entry) =>
          // A request that cannot be explained is in the journal all the same.
          void sandbox.journal.explain(entry).then(
            (explanation) => refused({ ...entry, explanation }),
            () => refused({ ...entry, explanation: undefined }),
          ),
      });
      const listening = await sandbox.listen(port);
      const { account, twilio, agents, lines } = sandbox.state;
      return {
        url: listening.url,
        apiKey: account.keys[0]?.key ?? '',
        plan: account.plan,
        twilio: { accountSid: twilio.sid, authToken: twilio.token },
        agents: agents.map(({ agent_id: id, name }) => ({ id, name })),
        lines: lines.map(({ phone_number_id: id, phone_number: number, provider }) => ({
          id,
          number,
          provider,
        })),
        async close() {
          await listening.close();
          fetch.close();
        },
      };
    },
  };
}
