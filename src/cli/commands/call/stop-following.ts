import type { Call } from '../../../api/call.ts';
import type { Cli } from '../../cli.ts';
import type { Service } from '../../service/service-api.ts';
import type { ServedEnd } from './follow-served-call.ts';

/** After Ctrl-C: the call goes on with the server, unless the person wants it cancelled. */
export async function stopFollowing(
  cli: Cli,
  { api }: Service,
  { id }: Call,
  options: { readonly json?: boolean },
): Promise<ServedEnd> {
  const wish =
    cli.interactive && !options.json
      ? await cli.confirm('Cancel the call? No leaves it to the server.')
      : false;
  const call = wish ? await api.cancelCall(id) : await api.getCall(id);
  if (wish) {
    const over = call.status === 'ended';
    cli.err(
      over ? 'Cancelled.' : 'It is being ended: hung up where that is possible, and no attempt follows.',
    );
  } else {
    cli.err('Stopped following. The call goes on.');
    cli.err(`Follow it again: donna calls show ${id} --watch. End it: donna calls cancel ${id}.`);
  }
  return { call, status: statusOf(call), followed: 'stopped', exitCode: 6 };
}

function statusOf({ status, conversationId }: Call): ServedEnd['status'] {
  if (conversationId !== null || status === 'accepted') return 'accepted';
  return status === 'scheduled' ? 'scheduled' : 'unknown';
}
