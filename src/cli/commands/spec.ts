import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { declareSpecDiff } from './spec/diff.ts';
import { declareSpecSearch } from './spec/search.ts';
import { declareSpecShow } from './spec/show.ts';
import type { LoadDocument } from './spec/spec-world.ts';

export function declareSpec(command: Command, cli: Cli, loadDocument: LoadDocument): void {
  declareSpecSearch(command.command('search'), cli, loadDocument);
  declareSpecShow(command.command('show'), cli, loadDocument);
  declareSpecDiff(command.command('diff'), cli, loadDocument);
}
