import type { Call } from '../../../api/call.ts';
import { type Clock, sleep } from '../../../kernel/clock.ts';
import type { Cli } from '../../cli.ts';
import type { Service } from '../../service/service-api.ts';

/** How long an end that was asked for is waited for, and how often it is looked at. */
const VERIFY_FOR_MS = 15_000;
const VERIFY_EVERY_MS = 500;

/** Cancels a call of the server, and waits for its end. Says what `donna calls hangup` says of a call without a server. */
export async function cancelServedCall(cli: Cli, server: Service, call: Call, json: boolean): Promise<void> {
  const already = call.status === 'ended';
  const last = already ? call : await seeEnd(server, await server.api.cancelCall(call.id), server.clock);
  const ended = last.status === 'ended';
  const status = last.outcome?.kind ?? last.status;
  if (!ended) cli.setExitCode(6);
  if (json) {
    const { sandbox, url } = server;
    return cli.out(
      JSON.stringify({
        sandbox,
        server: url,
        id: call.id,
        by: already ? 'already' : 'server',
        ended,
        status,
      }),
    );
  }
  if (already) cli.out(`The call is over already (${status}).`);
  else if (ended) cli.out(`The call is over: ${status}.`);
  else
    cli.out(
      `The server was asked to end the call, and it is still ${status} after ${VERIFY_FOR_MS / 1000} s; no attempt follows.`,
    );
}

async function seeEnd({ api }: Service, asked: Call, clock: Clock): Promise<Call> {
  const until = clock.monotonic() + VERIFY_FOR_MS;
  let call = asked;
  while (call.status !== 'ended' && clock.monotonic() < until) {
    await sleep(clock, VERIFY_EVERY_MS);
    call = await api.getCall(call.id);
  }
  return call;
}
