import type { Command } from 'commander';
import { isFinalCarrierStatus } from '../../../calls/index.ts';
import { type Clock, sleep } from '../../../kernel/clock.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { showCommand } from '../../render/show-command.ts';
import type { FindServer } from '../../service/service-api.ts';
import type { CallsWorld, OpenCallsWorld } from './calls-world.ts';
import { cancelServedCall } from './cancel-served.ts';
import { findCall } from './find-call.ts';
import { type OfServerOptions, ofServer } from './of-server.ts';
import { findServedCall } from './show-served.ts';

const whoEndsWhat = `
What can be ended, and by whom:
  line              with                                           by
  twilio            TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN       the carrier, while it rings or talks
  any               enterprise plan, monitoring_enabled on the     the monitoring socket, once the agent
                    agent, key with convai_write                   talks
  sip_trunk,        neither                                        nobody from here: the callee, the agent
  exotel, others                                                   (end_call), or the agent's longest duration`;

const help = `${whoEndsWhat}

A call of a Donna server is cancelled by the server: it hangs up where it can, and no attempt follows.

Exit codes: 0 it is over · 4 it cannot be ended from here · 6 it was asked to end, and was not seen to

Example:
  donna calls hangup conv_0123456789`;

/** How long an end that was asked for is waited for, and how often it is looked at. */
const VERIFY_FOR_MS = 15_000;
const VERIFY_EVERY_MS = 500;

interface HangupOptions extends OfServerOptions {
  readonly json?: boolean;
}

interface Ended {
  readonly by: 'carrier' | 'monitor' | 'already';
  /** Seen to be over; otherwise it was only asked to end. */
  readonly ended: boolean;
  /** What the carrier or the provider says of it now. */
  readonly status: string;
}

export function declareHangup(
  command: Command,
  cli: Cli,
  world: OpenCallsWorld,
  findServer: FindServer,
): void {
  command
    .description('end a call that rings or talks, where that is possible')
    .argument('<id>', 'conv_…, CA… or att_…')
    .option('--sandbox', 'a call of the sandbox')
    .option('--url <url>', 'the Donna server to ask first (DONNA_URL); the one on this machine unless given')
    .option('--local', 'end it from here, whatever server there is')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (id: string, options: HangupOptions) => {
      const hungUp = await ofServer(cli, findServer, options, async (server) => {
        const call = await findServedCall(server, id);
        if (!call) return false;
        await cancelServedCall(cli, server, call, options.json ?? false);
        return true;
      });
      if (hungUp) return;
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        if (opened.sandbox) cli.err('sandbox account');
        const ended = await hangUp(cli, opened, id);
        if (!ended.ended) cli.setExitCode(6);
        if (options.json) cli.out(JSON.stringify({ sandbox: opened.sandbox, id, ...ended }));
        else cli.out(sentence(ended));
      } finally {
        await opened.close();
      }
    });
}

function sentence({ by, ended, status }: Ended): string {
  const who = by === 'carrier' ? 'Twilio' : 'ElevenLabs';
  if (by === 'already') return `The call is over already (${printable(status)}).`;
  return ended
    ? `The call is over: ${who} says ${printable(status)}.`
    : `${who} was asked to end the call, and still says ${printable(status)} after ${VERIFY_FOR_MS / 1000} s.`;
}

async function hangUp(cli: Cli, world: CallsWorld, id: string): Promise<Ended> {
  // Twilio needs its own id only, so no conversation is looked for.
  if (/^CA[0-9a-fA-F]{32}$/.test(id) && world.carrier) return byCarrier(world, id);
  const found = await findCall(world, id);
  if (found.kind === 'carrier-only') return byCarrier(world, found.call.sid);
  if (found.kind === 'not-placed') {
    throw new AppError('not-possible', `${found.record.attempt} was never placed: there is nothing to end.`);
  }
  if (found.kind === 'unknown') {
    const { attempt } = found.record;
    if (found.looked.kind === 'carrier-only') {
      const { callSid } = found.looked;
      // Somebody else may have called that number from that line in the same minute.
      throw new AppError(
        'not-possible',
        `It is unknown whose call it was: Twilio has ${callSid} to that number from that line at that time, and no conversation carries ${attempt}. Nothing was ended.`,
        { hint: `If that is the call you mean, name it: donna calls hangup ${callSid}${inWorld(world)}` },
      );
    }
    throw new AppError(
      'not-possible',
      `It is unknown whether ${attempt} was placed: no call to end was found.`,
      { hint: `Look again: ${showCommand(attempt, world)}` },
    );
  }
  const { conversationId } = found;
  const conversation = await world.provider.conversation(conversationId);
  if (!conversation) {
    throw new AppError('not-found', `ElevenLabs has no conversation ${conversationId}.`, {
      hint: `List what there is: donna calls list${inWorld(world)}`,
    });
  }
  if (isOver(conversation.status)) return { by: 'already', ended: true, status: conversation.status };
  const sid = found.callSid ?? conversation.metadata.phone_call?.call_sid ?? undefined;
  if (world.carrier && sid?.startsWith('CA')) return byCarrier(world, sid);
  return byMonitor(cli, world, conversationId, sid);
}

function inWorld({ sandbox }: CallsWorld): string {
  return sandbox ? ' --sandbox' : '';
}

async function byCarrier(world: CallsWorld, sid: string): Promise<Ended> {
  const { carrier, clock } = world;
  const before = await carrier?.call(sid);
  if (!carrier || !before) {
    throw new AppError('not-found', `Twilio knows no call ${sid} in this account.`, {
      hint: 'The line may belong to another account or subaccount than TWILIO_ACCOUNT_SID.',
    });
  }
  if (isFinalCarrierStatus(before.status)) return { by: 'already', ended: true, status: before.status };
  await carrier.hangUp(sid);
  const read = async () => (await carrier.call(sid))?.status ?? 'nothing';
  return { by: 'carrier', ...(await seeEnd(clock, read, isFinalCarrierStatus)) };
}

async function byMonitor(
  cli: Cli,
  world: CallsWorld,
  conversationId: string,
  sid: string | undefined,
): Promise<Ended> {
  const result = await world.monitor.endCall(conversationId);
  if (result.kind === 'unavailable') {
    for (const line of whoEndsWhat.trim().split('\n')) cli.err(line);
    throw new AppError('not-possible', `The call cannot be ended from here. ${result.why}`, {
      hint: sid?.startsWith('CA')
        ? 'It is a call of Twilio: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and it can be ended.'
        : 'It ends by the callee, by the agent, or at the longest duration that the agent allows.',
    });
  }
  const read = async () => (await world.provider.conversation(conversationId))?.status ?? 'nothing';
  return { by: 'monitor', ...(await seeEnd(world.clock, read, isOver)) };
}

/** The provider goes on to process a call that is over. */
function isOver(status: string): boolean {
  return status === 'processing' || status === 'done' || status === 'failed';
}

async function seeEnd(
  clock: Clock,
  read: () => Promise<string>,
  over: (status: string) => boolean,
): Promise<Pick<Ended, 'ended' | 'status'>> {
  const until = clock.monotonic() + VERIFY_FOR_MS;
  for (;;) {
    const status = await read();
    if (over(status)) return { ended: true, status };
    if (clock.monotonic() >= until) return { ended: false, status };
    await sleep(clock, VERIFY_EVERY_MS);
  }
}
