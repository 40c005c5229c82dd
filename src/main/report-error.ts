import { CommanderError } from 'commander';
import type { Cli } from '../cli/cli.ts';
import { errorCodes } from '../kernel/error-codes.ts';
import { AppError, type FailedExchange } from '../kernel/errors.ts';
import type { FailureExplanation } from '../kernel/failure-explanation.ts';
import { printable } from '../kernel/printable.ts';

/** Renders what a command threw: a line, a hint and an exit code. Throws again what is a bug. */
export async function reportError(cli: Cli, error: unknown, json: boolean): Promise<void> {
  if (error instanceof CommanderError) {
    // Help and version end this way too; commander has printed what there is to say.
    cli.setExitCode(error.exitCode === 0 ? 0 : 2);
    if (json && error.exitCode !== 0) {
      const message = error.message.replace(/^error: /, '');
      cli.out(
        JSON.stringify({
          error: { code: 'bad-input', message, hint: 'Add --help for what is expected.', retryable: false },
        }),
      );
    }
    return;
  }
  if (!(error instanceof AppError)) throw error;
  const { code, message, hint, retryable, exchange } = error;
  cli.setExitCode(errorCodes[code].exit);
  const explanation = error.explanation ?? (exchange && (await explainedHere(exchange)));
  if (json) cli.out(JSON.stringify({ error: { code, message, hint, retryable, exchange, explanation } }));
  cli.err(`donna: ${printable(message, 2000)}`);
  if (exchange) {
    const { method, path, status, requestId, body } = exchange;
    const id = requestId ? `, request ${requestId}` : '';
    const said =
      body === undefined || body === '' ? '' : `: ${typeof body === 'string' ? body : JSON.stringify(body)}`;
    cli.err(`  ${printable(`${method} ${path} → ${status ?? 'no reply'}${id}${said}`, 600)}`);
  }
  if (explanation) {
    const { failureExplanationLines } = await import('../cli/render/failure-explanation.ts');
    const { styles } = await import('../cli/render/styles.ts');
    for (const line of failureExplanationLines(explanation, styles(cli.color))) cli.err(line);
  }
  if (hint) cli.err(`  → ${printable(hint, 2000)}`);
}

/** What explains, and the settings that say where documents are kept, are loaded for a refusal and never without one. */
async function explainedHere(exchange: FailedExchange): Promise<FailureExplanation | undefined> {
  if (exchange.sent === undefined) return undefined;
  const [{ readSettings }, { createExplainFailure }] = await Promise.all([
    import('./config.ts'),
    import('./explain-failure.ts'),
  ]);
  const { settings } = readSettings();
  return createExplainFailure({ directory: settings.DONNA_DATA_DIR })(exchange);
}
