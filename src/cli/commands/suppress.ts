import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { OpenControl } from '../service/service-api.ts';
import { declareSuppressAdd } from './suppress/add.ts';
import { declareSuppressCheck } from './suppress/check.ts';
import { declareSuppressList } from './suppress/list.ts';
import { declareSuppressRemove } from './suppress/remove.ts';

export function declareSuppress(command: Command, cli: Cli, open: OpenControl): void {
  declareSuppressAdd(command.command('add'), cli, open);
  declareSuppressList(command.command('list'), cli, open);
  declareSuppressCheck(command.command('check'), cli, open);
  declareSuppressRemove(command.command('remove'), cli, open);
}
