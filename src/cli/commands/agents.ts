import type { Command } from 'commander';
import type { VoiceProvider } from '../../calls/index.ts';
import type { Cli } from '../cli.ts';
import { styles } from '../render/styles.ts';
import { tableLines } from '../render/table.ts';

/** What `donna agents` needs of the world. */
export interface AgentsWorld {
  readonly sandbox: boolean;
  readonly provider: Pick<VoiceProvider, 'agents'>;
  readonly defaults: { readonly agentId: string | undefined };
  close(): Promise<void>;
}

export function declareAgents(
  command: Command,
  cli: Cli,
  world: (choice: { sandbox: boolean }) => Promise<AgentsWorld>,
): void {
  command
    .command('list')
    .description('list the agents of the account with their ids')
    .option('--sandbox', 'the agents of the sandbox')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  donna agents list\n  donna agents list --json\n  donna call +12125550142 --agent agent_0123456789',
    )
    .action(async (options: { sandbox?: boolean; json?: boolean }) => {
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        await list(cli, opened, options.json ?? false);
      } finally {
        await opened.close();
      }
    });
}

async function list(cli: Cli, world: AgentsWorld, json: boolean): Promise<void> {
  const { sandbox, defaults } = world;
  if (sandbox) cli.err('sandbox account');
  const agents = (await world.provider.agents()).map(({ id, name }) => ({
    id,
    name,
    default: id === defaults.agentId,
  }));
  if (json) {
    cli.out(JSON.stringify({ sandbox, agents }));
  } else if (agents.length === 0) {
    cli.err('The account has no agent: create one in the ElevenLabs console.');
  } else {
    const rows = agents.map((agent) => [agent.id, agent.name, agent.default ? 'yes' : 'no']);
    for (const line of tableLines(['agent', 'name', 'default'], rows, styles(cli.color))) cli.out(line);
  }
}
