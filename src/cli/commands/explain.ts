import type { Command } from 'commander';
import { explain } from '../../diagnosis/explain.ts';
import type { Explanation } from '../../diagnosis/explanation.ts';
import { servesHost } from '../../diagnosis/rules/serves-host.ts';
import type { ApiDocument } from '../../diagnosis/spec/api-document.ts';
import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';
import type { Cli } from '../cli.ts';
import {
  type ExplainOptions,
  readFormat,
  readLanguage,
  refuseLooseWords,
} from './explain/explain-options.ts';
import type { ExplainChoice, ExplainWorld } from './explain/explain-world.ts';
import type { Explained } from './explain/explained.ts';
import { type ReadExchanges, readExchanges } from './explain/read-exchanges.ts';
import { renderExplained } from './explain/render-explained.ts';

const after = `
The request is read and never sent. Secrets in it are replaced by names of variables. Without --spec the document is that of the provider
whose host the request names: ElevenLabs' own, kept for a day, or the part that Donna herself uses.

--check says of the corrected request whether it is valid by the document and, for ElevenLabs and Twilio, what a sandbox in this process
answers to the request before and after. --probe sends an empty body to the endpoint of your ElevenLabs account, and only where that calls nobody.

Exit codes: 0 nothing is wrong with the request · 1 something is wrong, or it cannot be told · 2 bad input
            4 the document of --spec cannot be fetched

Examples:
  donna explain 'curl -X POST https://api.elevenlabs.io/v1/convai/call -H "xi-api-key: $KEY" -d "{}"' --status 404
  donna explain - --spec openapi.yaml < command.sh
  donna explain --har session.har --format md --out causes.md
  donna explain --request request.json --response reply.json --check --lang python`;

export function declareExplain(
  command: Command,
  cli: Cli,
  world: (choice: ExplainChoice) => Promise<ExplainWorld>,
): void {
  const collect = (value: string, all: readonly string[] = []) => [...all, value];
  command
    .description('say why a request fails, and what to send instead')
    .argument('[request...]', 'a curl command in quotes, or - for stdin')
    .option('--har <file>', 'explain every failing entry of a HAR')
    .option('--request <file>', 'the request as JSON, as HTTP text, or as a curl command')
    .option('--status <code>', 'the status that came back')
    .option('--response <reply>', 'what came back: its text, a file, or - for stdin')
    .option('--spec <file or URL>', 'the OpenAPI 3 document, JSON or YAML (repeatable)', collect)
    .option('--offline', 'fetch nothing: a document that was kept, however old, or what Donna knows')
    .option('--history <folder>', 'dated documents (2026-09-23.json): when it changed, and to what')
    .option('--check', 'say what is known of the corrected request')
    .option('--probe', 'with --check: ask the provider whether the endpoint is there, calling nobody')
    .option('--format <format>', 'text, md, json or sarif')
    .option('--json', 'the same as --format json')
    .option('--lang <language>', 'the corrected request as curl, ts or python')
    .option('--out <file>', 'write to a file')
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText('after', after)
    .action(async (words: readonly string[], options: ExplainOptions) => {
      refuseLooseWords(words, (message) => command.error(message));
      const format = readFormat(options);
      const language = readLanguage(options);
      const read = await readExchanges(words[0], options);
      for (const note of read.notes) cli.err(`! ${printable(note, 400)}`);
      const opened = await world({ offline: options.offline ?? false });
      try {
        const explained = await explainAll(read, options, opened, cli);
        const text = await renderExplained(explained, {
          format,
          language,
          list: read.kind === 'har',
          color: cli.color && options.out === undefined,
          width: options.out === undefined ? (cli.columns ?? 100) : 100,
          version: opened.version,
        });
        await write(text, options.out, cli);
        const fine = explained.every(({ explanation }) => explanation.verdict === 'nothing-wrong');
        cli.setExitCode(fine && !cli.interrupted.aborted ? 0 : 1);
      } finally {
        await opened.close();
      }
    });
}

async function explainAll(
  { kind, exchanges }: ReadExchanges,
  options: ExplainOptions,
  world: ExplainWorld,
  cli: Cli,
): Promise<Explained[]> {
  const given = await Promise.all((options.spec ?? []).map((source) => world.document(source)));
  const past = options.history === undefined ? undefined : await readPast(options.history, world);
  const explained: Explained[] = [];
  const without = new Map<string, number>();
  for (const exchange of exchanges) {
    if (await wasInterrupted(cli)) {
      cli.err(`! Stopped after ${explained.length} of ${exchanges.length} requests.`);
      break;
    }
    const { host } = exchange.request;
    const documents = given.length > 0 ? given : await world.documentsOfHost(host);
    if (documents.length === 0) {
      without.set(host, (without.get(host) ?? 0) + 1);
      continue;
    }
    const explanation = explain(exchange, documents, past ? { pastOf: past } : {});
    if (kind === 'har' && isForAnother(explanation, documents)) {
      without.set(host, (without.get(host) ?? 0) + 1);
      continue;
    }
    explained.push({ explanation, ...(await proofOf(explanation, documents, options, world)) });
  }
  if (without.size > 0) tellWithout(without, exchanges.length, cli);
  return explained;
}

/** A browser records its requests to everybody; what fits nothing and goes to a host that no document names is none of theirs. */
function isForAnother({ verdict, request }: Explanation, documents: readonly ApiDocument[]): boolean {
  return (
    verdict === 'cannot-tell' && !documents.some((document) => servesHost(document, undefined, request.host))
  );
}

/** A signal is only heard between two turns of the event loop, and a HAR may have thousands of entries. */
async function wasInterrupted({ interrupted }: Cli): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve));
  return interrupted.aborted;
}

async function readPast(folder: string, world: ExplainWorld) {
  const [history, { pastOf }] = await Promise.all([
    world.history(folder),
    import('../../diagnosis/spec/history.ts'),
  ]);
  return (method: string, path: string) => pastOf(history, method, path);
}

/** Throws where nothing can be explained at all. */
function tellWithout(without: ReadonlyMap<string, number>, all: number, cli: Cli): void {
  const hosts = [...without.keys()].slice(0, 5).map((host) => printable(host, 100));
  const count = [...without.values()].reduce((sum, one) => sum + one, 0);
  if (count === all) {
    throw new AppError('bad-input', `No document of the API at ${hosts.join(', ')} is known.`, {
      hint: 'Give its OpenAPI document: --spec openapi.json (a file or a URL).',
    });
  }
  cli.err(`! ${count} of ${all} go to hosts without a document (${hosts.join(', ')}): give it with --spec.`);
}

async function proofOf(
  explanation: Explanation,
  documents: readonly ApiDocument[],
  { check, probe }: ExplainOptions,
  world: ExplainWorld,
): Promise<Pick<Explained, 'proof'>> {
  if (!(check || probe) || explanation.verdict !== 'wrong') return {};
  const { proveFix } = await import('./explain/prove-fix.ts');
  return { proof: await proveFix(explanation, documents, world, probe ?? false) };
}

async function write(text: string, file: string | undefined, cli: Cli): Promise<void> {
  if (file === undefined) {
    // All at once: a write for each of some hundred lines takes longer than most rules.
    cli.out(text);
    return;
  }
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(file, `${text}\n`);
  } catch (error) {
    throw new AppError('bad-input', `--out ${file} cannot be written: ${(error as Error).message}.`, {
      hint: 'Name a file in a folder that exists and can be written.',
      cause: error,
    });
  }
  cli.err(`Written to ${file}.`);
}
