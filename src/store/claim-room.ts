import type { ClaimRoom } from '../calls/call-store.ts';
import { stopOrderOf } from './stop-switch.ts';

interface ControlRow {
  readonly stopped_by: string | null;
  readonly stop_reason: string | null;
  readonly stopped_at: Date | null;
  readonly capacity_limit: number | null;
  readonly capacity_at: Date | null;
  readonly live: number;
  readonly line_id: string;
  readonly next_at: Date;
  readonly slowed_at: Date | null;
}

/**
 * The row that every claim locks first, so that the claims of all nodes come one after the other. Each statement behind it sees what the
 * claim before has committed.
 */
export const readRoom = `
select stopped_by, stop_reason, stopped_at, capacity_limit, capacity_at from control where id = 1 for update;
select count(*)::integer as live from attempts where live;
select line_id, next_at, slowed_at from line_paces`;

/** `undefined` where the row is not there yet. */
export function claimRoomOf([controls, counts, lines]: readonly Partial<ControlRow>[][]):
  | ClaimRoom
  | undefined {
  const control = controls?.[0] as ControlRow | undefined;
  if (!control) return undefined;
  const { capacity_limit: limit, capacity_at: limitedAt } = control;
  return {
    stopped: stopOrderOf(control),
    live: (counts as ControlRow[])[0]?.live ?? 0,
    capacity: limit === null || limitedAt === null ? undefined : { limit, atMs: limitedAt.getTime() },
    lines: (lines as ControlRow[]).map(({ line_id, next_at, slowed_at }) => ({
      lineId: line_id,
      nextMs: next_at.getTime(),
      slowedMs: slowed_at?.getTime(),
    })),
  };
}
