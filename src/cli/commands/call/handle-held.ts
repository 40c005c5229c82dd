import type { Call } from '../../../api/call.ts';
import type { TimelineEntry } from '../../../api/timeline.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { minuteText } from '../../render/minute-text.ts';
import { styles } from '../../render/styles.ts';
import type { Service } from '../../service/service-api.ts';
import type { FollowOptions, ServedEnd } from './follow-served-call.ts';

/** The gate looks again that soon at what is over in a moment, such as another call to the number: no person is asked for that. */
const SOON_MS = 30_000;

/** Whether the gate postponed the dial for longer than a person waits at a terminal. */
export function isHeld({ kind, at, data }: TimelineEntry): boolean {
  if (kind !== 'gate-waits') return false;
  return data.rule === 'stop' || Date.parse(String(data.until)) - Date.parse(at) > SOON_MS;
}

const liftedByReason = ['window', 'budget'];

/**
 * Says what holds the call up, and what can be done. It stays in the queue when the person says so; otherwise it is cancelled, since
 * nobody expects a phone to ring on Monday because of a command of Saturday. `undefined` when it was dialled after all.
 */
export async function handleHeld(
  cli: Cli,
  { api }: Service,
  { id }: Call,
  { data }: TimelineEntry,
  options: FollowOptions,
): Promise<ServedEnd | undefined> {
  const style = styles(cli.color);
  const rule = String(data.rule);
  const until = minuteText(String(data.until)) ?? 'later';
  cli.err(`${style.warn('!')} The gate holds the call up: ${printable(String(data.sentence))}`);
  cli.err(
    rule === 'stop'
      ? '  It is dialled when dialling goes on (donna resume).'
      : `  It would be dialled at ${until}.`,
  );
  const stays =
    options.queue === true ||
    (cli.interactive &&
      !options.json &&
      (await cli.confirm('Leave it in the queue for then? No cancels it.')) === true);
  if (stays) {
    cli.err(`It stays in the queue: donna calls show ${id}; donna calls cancel ${id} takes it out.`);
    return { call: await api.getCall(id), status: 'scheduled', followed: 'held', exitCode: 0 };
  }
  const call = await api.cancelCall(id);
  if (call.status !== 'ended' || call.outcome?.kind !== 'cancelled') return undefined;
  cli.err('Nothing was dialled, and nothing will be: the call was taken out of the queue.');
  if (liftedByReason.includes(rule))
    cli.err(
      `  ${style.dim('→')} To dial now, with a reason that stays in the timeline: --bypass ${rule}="…"`,
    );
  cli.err(`  ${style.dim('→')} To have it dialled then: --queue`);
  return { call, status: 'refused', followed: 'held', exitCode: 3 };
}
