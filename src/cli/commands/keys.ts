import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { OpenControl } from '../service/service-api.ts';
import { declareKeysCreate } from './keys/create.ts';
import { declareKeysList } from './keys/list.ts';
import { declareKeysRevoke } from './keys/revoke.ts';

export function declareKeys(command: Command, cli: Cli, open: OpenControl): void {
  declareKeysCreate(command.command('create'), cli, open);
  declareKeysList(command.command('list'), cli, open);
  declareKeysRevoke(command.command('revoke'), cli, open);
}
