import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { OpenCallsWorld } from './calls/calls-world.ts';
import { declareHangup } from './calls/hangup.ts';
import { declareList } from './calls/list.ts';
import { declareShow } from './calls/show.ts';

export function declareCalls(command: Command, cli: Cli, world: OpenCallsWorld): void {
  declareShow(command.command('show'), cli, world);
  declareList(command.command('list'), cli, world);
  declareHangup(command.command('hangup'), cli, world);
}
