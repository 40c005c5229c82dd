import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { AppError } from '../kernel/errors.ts';
import { commands } from './commands.ts';
import { reportError } from './report-error.ts';
import { createTerminal } from './terminal.ts';

/** Runs one command. Only the command that is named is loaded; the others are known by name and summary. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const cli = createTerminal();
  const program = new Command('donna')
    .description(
      'Outbound calls by ElevenLabs agents: placed once, followed to their end, explained when they fail.',
    )
    .version(packageJson.version)
    .showHelpAfterError('(add --help for what is expected)')
    .exitOverride();
  const named = argv.find((argument) => !argument.startsWith('-'));
  for (const [name, { group, summary, declare }] of Object.entries(commands)) {
    const command = program
      .command(name)
      .helpGroup(`${group}:`)
      .summary(summary)
      .description(summary)
      .exitOverride();
    if (name === named || (named === 'help' && argv.includes(name))) await declare(command, cli);
  }
  try {
    // Node has turned bytes that are not UTF-8 into this character.
    const garbled = argv.find((argument) => argument.includes('\ufffd'));
    if (garbled !== undefined) {
      throw new AppError('bad-input', `The argument "${garbled}" is not UTF-8.`, {
        hint: 'Set the terminal to UTF-8, or give the value in a file.',
      });
    }
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    await reportError(cli, error, argv.includes('--json'));
  }
}
