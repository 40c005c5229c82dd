import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { onTestFinished } from 'vitest';
import type { Cli } from '../../src/cli/cli.ts';
import { declareExplain } from '../../src/cli/commands/explain.ts';
import type { Explanation } from '../../src/diagnosis/explanation.ts';
import type { Proof } from '../../src/diagnosis/proof.ts';
import { readSettings } from '../../src/main/config.ts';
import { createExplainWorld } from '../../src/main/explain-world.ts';
import { reportError } from '../../src/main/report-error.ts';
import { createRecordingCli } from '../fixtures/recording-cli.ts';

export interface Output {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

/** Settings of someone who has none, with a data directory of the test's own. Port 9 is nobody's: what is fetched fails at once. */
export async function emptySettings(
  change: Record<string, string> = {},
): Promise<Readonly<Record<string, string>>> {
  const folder = await temporaryFolder();
  return {
    DONNA_DATA_DIR: folder,
    ELEVENLABS_BASE_URL: 'http://127.0.0.1:9',
    TWILIO_BASE_URL: 'http://127.0.0.1:9',
    ...change,
  };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-explain-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function temporaryFile(name: string, content: string): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, content);
  return file;
}

/** `donna explain` with these arguments, in this process, as `main` runs it. */
export async function donnaExplain(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Output> {
  const recording = createRecordingCli();
  const cli: Cli = { ...recording, columns: 100 };
  const command = new Command('explain').exitOverride().configureOutput({ writeErr: cli.err });
  declareExplain(command, cli, async (choice) =>
    createExplainWorld(choice, {
      settings: async () => readSettings(environment, environment.DONNA_DATA_DIR).settings,
      say: cli.err,
      signal: cli.interrupted,
    }),
  );
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    await reportError(cli, error, args.includes('--json'));
  }
  return { out: recording.stdout.join('\n'), err: recording.stderr.join('\n'), exitCode: recording.exitCode };
}

export type Report = Explanation & { readonly proof?: Proof };

/** The same with `--json`, parsed. */
export async function explained(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Report & { readonly exitCode: number; readonly err: string }> {
  const { out, err, exitCode } = await donnaExplain([...args, '--json'], environment);
  return { ...(JSON.parse(out) as Report), exitCode, err };
}
