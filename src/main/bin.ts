import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Cli } from '../cli/cli.ts';
import { errorCodes } from '../kernel/error-codes.ts';
import { AppError } from '../kernel/errors.ts';
import { commands } from './commands.ts';
import { createTerminal } from './terminal.ts';

/** Runs one command. Only the command that is named is loaded; the others are known by name and summary. */
async function main(argv: readonly string[]): Promise<void> {
  const cli = createTerminal();
  const program = new Command('donna')
    .description(
      'Outbound calls by ElevenLabs agents: placed once, followed to their end, explained when they fail.',
    )
    .version(packageJson.version)
    .showHelpAfterError('(add --help for what is expected)')
    .exitOverride();
  const named = argv.find((argument) => !argument.startsWith('-'));
  for (const [name, { summary, declare }] of Object.entries(commands)) {
    const command = program.command(name).summary(summary).description(summary).exitOverride();
    if (name === named || (named === 'help' && argv.includes(name))) await declare(command, cli);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    fail(cli, error, argv.includes('--json'));
  }
}

function fail(cli: Cli, error: unknown, json: boolean): void {
  if (error instanceof CommanderError) {
    // Help and version end this way too; commander has printed what there is to say.
    cli.setExitCode(error.exitCode === 0 ? 0 : 2);
    return;
  }
  if (!(error instanceof AppError)) throw error;
  cli.setExitCode(errorCodes[error.code].exit);
  if (json) {
    const { code, message, hint, retryable, exchange } = error;
    cli.out(JSON.stringify({ error: { code, message, hint, retryable, exchange } }));
  }
  cli.err(`donna: ${error.message}`);
  if (error.hint) cli.err(`  → ${error.hint}`);
}

await main(process.argv.slice(2));
