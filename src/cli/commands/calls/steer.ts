import type { Command } from 'commander';
import type { Call } from '../../../api/call.ts';
import { resolution } from '../../../api/resolution.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { readChoice } from '../../read-choice.ts';
import type { OpenService, Service } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

const ids = 'call_…, att_…, conv_… or CA…';
const decisions = resolution.shape.decision.options;

interface ResolveOptions extends ServiceOptions {
  readonly note?: string;
}

const resolveHelp = `
The decision says how the call ended, by your word: nothing is dialled on it. redial dials again; it is refused while the attempt
is still looked for, since a phone may ring.

Example:
  donna calls resolve call_01J8Z3 no-answer --note "Ada says that her phone did not ring."`;

/** What a person does to a call of the service: cancel, retry, resolve. */
export function declareSteering(command: Command, cli: Cli, open: OpenService): void {
  const cancel = command
    .command('cancel')
    .description('cancel a call of the server; one that runs is hung up');
  steering(cancel, async (api, id) => {
    const call = await api.cancelCall(id);
    return [
      call,
      call.status === 'ended'
        ? `${call.id} is over: ${call.outcome?.kind ?? 'cancelled'}.`
        : `${call.id} is being ended: hung up where that is possible, and no attempt follows.`,
    ];
  });
  const retry = command.command('retry').description('have the server try a call again that is over');
  steering(retry, async (api, id) => {
    const call = await api.retryCall(id);
    return [call, `${call.id} is tried again: attempt ${call.attemptNumber}.`];
  });
  declareServiceOptions(
    command
      .command('resolve')
      .description('say how a call ended of which nobody knows')
      .argument('<id>', ids)
      .argument('<decision>', decisions.join(', '))
      .option('--note <text>', 'how you know; it stays in the timeline'),
  )
    .addHelpText('after', resolveHelp)
    .action((id: string, text: string, options: ResolveOptions) => {
      const decision = readChoice('The decision', text, decisions);
      const note = readNote(options.note);
      return steer(cli, open, options, async (api) => {
        const call = await api.resolveCall(readId(id), { decision, note });
        return [
          call,
          decision === 'redial'
            ? `${call.id} is dialled again.`
            : `${call.id} is over: ${decision}, by your word.`,
        ];
      });
    });

  function steering(
    declared: Command,
    verb: (api: Service['api'], id: string) => Promise<[Call, string]>,
  ): void {
    declareServiceOptions(declared.argument('<id>', ids)).action((id: string, options: ServiceOptions) =>
      steer(cli, open, options, (api) => verb(api, readId(id))),
    );
  }
}

async function steer(
  cli: Cli,
  open: OpenService,
  options: ServiceOptions,
  verb: (api: Service['api']) => Promise<[Call, string]>,
): Promise<void> {
  await withService(cli, open, options, async ({ api }) => {
    const [call, sentence] = await verb(api);
    if (options.json) return cli.out(JSON.stringify({ call }));
    cli.out(sentence);
    if (call.status !== 'ended') cli.err(`Follow it: donna calls show ${call.id} --watch`);
  });
}

function readId(text: string): string {
  if (/^[\w.:@+-]{1,200}$/.test(text)) return text;
  throw new AppError('bad-input', `"${printable(text, 60)}" is not the id of a call.`, {
    hint: `Give ${ids}`,
  });
}

function readNote(text = ''): string {
  const note = text.trim();
  if (note.length <= 500) return note;
  throw new AppError('bad-input', '--note: at most 500 characters.');
}
