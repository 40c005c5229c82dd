import type { Command } from 'commander';
import { diffDocuments } from '../../../diagnosis/spec/diff-documents.ts';
import {
  type ChangeClass,
  changeClasses,
  type DocumentChange,
} from '../../../diagnosis/spec/document-change.ts';
import type { Cli } from '../../cli.ts';
import { readChoice } from '../../read-choice.ts';
import { changeLines } from '../../render/spec-changes.ts';
import { styles } from '../../render/styles.ts';
import { documentFacts, sayDocument } from './say-document.ts';
import type { LoadDocument } from './spec-world.ts';

const after = `
What breaks comes first: endpoints that are gone or moved, what is newly required, narrower types and lists of values, fields that are
gone; then what is deprecated, what else changed in replies, and what was added. What many operations share is told once.

Exit codes: 0 compared · 1 something of the class of --fail-on, or worse, was found · 2 bad input

Examples:
  donna spec diff 2026-05.json 2026-06.json
  donna spec diff old.yaml new.yaml --fail-on breaking
  donna spec diff old.yaml new.yaml --json`;

interface DiffOptions {
  readonly failOn?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

export function declareSpecDiff(command: Command, cli: Cli, loadDocument: LoadDocument): void {
  command
    .description('say what changed between two documents, what breaks first')
    .argument('<old>', 'the older document: a file or URL')
    .argument('<new>', 'the newer one')
    .option('--fail-on <class>', `exit 1 where there is any ${changeClasses.join(', ')} or worse`)
    .option('--all', 'show every change and addition, not the first of them alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', after)
    .action(async (oldSource: string, newSource: string, options: DiffOptions) => {
      const failOn =
        options.failOn === undefined ? undefined : readChoice('--fail-on', options.failOn, changeClasses);
      const old = await loadDocument(oldSource);
      const next = await loadDocument(newSource);
      for (const document of [old, next]) sayDocument(cli, document);
      const changes = diffDocuments(old, next);
      if (options.json) {
        const counts = Object.fromEntries(changeClasses.map((one) => [one, countOf(changes, one)]));
        cli.out(JSON.stringify({ old: documentFacts(old), new: documentFacts(next), counts, changes }));
      } else {
        for (const line of changeLines(changes, styles(cli.color), options.all ?? false)) cli.out(line);
      }
      if (failOn !== undefined && changes.some((one) => isAsBad(one.class, failOn))) cli.setExitCode(1);
    });
}

function countOf(changes: readonly DocumentChange[], wanted: ChangeClass): number {
  return changes.filter((one) => one.class === wanted).length;
}

function isAsBad(one: ChangeClass, other: ChangeClass): boolean {
  return changeClasses.indexOf(one) <= changeClasses.indexOf(other);
}
