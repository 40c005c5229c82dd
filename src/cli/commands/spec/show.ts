import type { Command } from 'commander';
import type { ApiDocument, ApiOperation } from '../../../diagnosis/spec/api-document.ts';
import { describeOperation } from '../../../diagnosis/spec/describe-operation.ts';
import { findOperation } from '../../../diagnosis/spec/find-operation.ts';
import { fullPath, operationName } from '../../../diagnosis/spec/full-path.ts';
import { pathFits } from '../../../diagnosis/spec/path-fits.ts';
import { searchOperations } from '../../../diagnosis/spec/search.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { operationLines } from '../../render/spec-operation.ts';
import { styles } from '../../render/styles.ts';
import { documentFacts, sayDocument } from './say-document.ts';
import type { LoadDocument } from './spec-world.ts';

const after = `
The path may be the one of the document or one as it is sent, with the base path or without.

Examples:
  donna spec show POST /v1/convai/twilio/outbound-call
  donna spec show GET /v1/convai/agents/agent_0123456789 --json
  donna spec show POST /orders --spec openapi.yaml`;

interface ShowOptions {
  readonly spec?: string;
  readonly json?: boolean;
}

export function declareSpecShow(command: Command, cli: Cli, loadDocument: LoadDocument): void {
  command
    .description('show an operation: its parameters, types, allowed values, body and keys')
    .argument('<method>', 'GET, POST, PUT, PATCH or DELETE')
    .argument('<path>', 'as the document has it, or as it is sent')
    .option('--spec <file or URL>', 'an OpenAPI 3 document (default: the one of ElevenLabs)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', after)
    .action(async (method: string, path: string, options: ShowOptions) => {
      const document = await loadDocument(options.spec);
      sayDocument(cli, document);
      const found = describeOperation(document, find(document, method, path));
      if (options.json) {
        cli.out(JSON.stringify({ document: documentFacts(document), operation: found }));
      } else {
        for (const line of operationLines(found, styles(cli.color))) cli.out(line);
      }
    });
}

function find(document: ApiDocument, method: string, path: string): ApiOperation {
  const found = findOperation(document, method, path);
  if (found) return found;
  const others = document.operations.filter(
    (one) => pathFits(fullPath(one), path) || pathFits(one.path, path),
  );
  const [nearest] = searchOperations(
    document,
    path.split('/').filter((step) => step !== '' && !step.includes('{')),
  );
  const hint =
    others.length > 0
      ? `This path takes ${others.map((one) => one.method).join(', ')}.`
      : nearest
        ? `Did you mean ${operationName(nearest.operation)}? donna spec search finds operations by words.`
        : 'donna spec search finds operations by words.';
  throw new AppError(
    'not-found',
    `The document has no ${printable(method.toUpperCase(), 20)} ${printable(path, 200)}.`,
    { hint },
  );
}
