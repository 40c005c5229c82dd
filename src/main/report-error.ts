import { CommanderError } from 'commander';
import type { Cli } from '../cli/cli.ts';
import { errorCodes } from '../kernel/error-codes.ts';
import { AppError } from '../kernel/errors.ts';
import { printable } from '../kernel/printable.ts';

/** Renders what a command threw: a line, a hint and an exit code. Throws again what is a bug. */
export function reportError(cli: Cli, error: unknown, json: boolean): void {
  if (error instanceof CommanderError) {
    // Help and version end this way too; commander has printed what there is to say.
    cli.setExitCode(error.exitCode === 0 ? 0 : 2);
    return;
  }
  if (!(error instanceof AppError)) throw error;
  const { code, message, hint, retryable, exchange } = error;
  cli.setExitCode(errorCodes[code].exit);
  if (json) cli.out(JSON.stringify({ error: { code, message, hint, retryable, exchange } }));
  cli.err(`donna: ${printable(message, 2000)}`);
  if (hint) cli.err(`  → ${printable(hint, 2000)}`);
}
