import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { declareLinesImport } from './lines/import.ts';
import type { OpenLinesWorld } from './lines/lines-world.ts';
import { declareLinesList } from './lines/list.ts';

export function declareLines(command: Command, cli: Cli, world: OpenLinesWorld): void {
  declareLinesList(command.command('list'), cli, world);
  declareLinesImport(command.command('import'), cli, world);
}
