import type { Command } from 'commander';
import type { ApiDocument } from '../../../diagnosis/spec/api-document.ts';
import { fullPath } from '../../../diagnosis/spec/full-path.ts';
import { operationParameters } from '../../../diagnosis/spec/operation-parameters.ts';
import { type FoundOperation, searchOperations } from '../../../diagnosis/spec/search.ts';
import type { Cli } from '../../cli.ts';
import { readWholeNumber } from '../../read-number-option.ts';
import { foundLines } from '../../render/spec-found.ts';
import { styles } from '../../render/styles.ts';
import { documentFacts, sayDocument } from './say-document.ts';
import type { LoadDocument } from './spec-world.ts';

const DEFAULT_LIMIT = '10';

const after = `
Words are looked for in paths, ids, titles, tags, descriptions, and the names of parameters and fields. A method in capitals keeps the
operations of that method alone.

Exit codes: 0 found · 1 nothing fits · 2 bad input

Examples:
  donna spec search outbound call
  donna spec search POST refund --spec openapi.yaml
  donna spec search to_number --json`;

interface SearchOptions {
  readonly spec?: string;
  readonly limit: string;
  readonly json?: boolean;
}

export function declareSpecSearch(command: Command, cli: Cli, loadDocument: LoadDocument): void {
  command
    .description('find the operations of a document that fit some words, with what they need')
    .argument('<words...>', 'what the operation does, or a name in it')
    .option('--spec <file or URL>', 'an OpenAPI 3 document (default: the one of ElevenLabs)')
    .option('--limit <number>', 'how many are shown at most', DEFAULT_LIMIT)
    .option('--json', 'print one JSON object')
    .addHelpText('after', after)
    .action(async (words: readonly string[], options: SearchOptions) => {
      const limit = readWholeNumber('--limit', options.limit, { min: 1, max: 1000 });
      const document = await loadDocument(options.spec);
      sayDocument(cli, document);
      const found = searchOperations(document, words);
      if (options.json) cli.out(JSON.stringify(answer(document, found, limit)));
      else tell(cli, document, found, limit);
      if (found.length === 0) cli.setExitCode(1);
    });
}

function tell(cli: Cli, document: ApiDocument, found: readonly FoundOperation[], limit: number): void {
  const style = styles(cli.color);
  for (const one of found.slice(0, limit)) {
    for (const line of foundLines(document, one.operation, style)) cli.out(line);
  }
  if (found.length === 0) cli.err('No operation fits. Try fewer or other words.');
  else if (found.length > limit) cli.err(`${found.length - limit} more fit less (--limit).`);
}

function answer(document: ApiDocument, found: readonly FoundOperation[], limit: number) {
  return {
    document: documentFacts(document),
    fitting: found.length,
    operations: found.slice(0, limit).map(({ operation, score, words }) => ({
      method: operation.method,
      path: operation.path,
      fullPath: fullPath(operation),
      operationId: operation.operationId,
      summary: operation.summary,
      deprecated: operation.deprecated,
      required: operationParameters(document, operation).required,
      words,
      score: Math.round(score * 100) / 100,
    })),
  };
}
