import type { Command } from 'commander';
import { AppError } from '../../kernel/errors.ts';
import type { Cli } from '../cli.ts';
import type { OpenCallsWorld, ServedCalls } from './calls/calls-world.ts';
import { declareHangup } from './calls/hangup.ts';
import { declareList } from './calls/list.ts';
import { declareShow } from './calls/show.ts';
import { declareSteering } from './calls/steer.ts';

/** Without a server, the commands work on the account and on the journal of this machine. */
const alone: ServedCalls = {
  findServer: async () => undefined,
  openService: async () => {
    throw new AppError('bad-config', 'No Donna server runs here, and this needs one.');
  },
};

export function declareCalls(command: Command, cli: Cli, world: OpenCallsWorld, served = alone): void {
  declareShow(command.command('show'), cli, world, served.findServer);
  declareList(command.command('list'), cli, world, served.findServer);
  declareHangup(command.command('hangup'), cli, world, served.findServer);
  declareSteering(command, cli, served.openService);
}
