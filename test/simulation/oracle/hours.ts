import { type CallingWindow, floorHours } from '../../../src/calls/index.ts';

/** Winter: the runs take place on a few days of January. Told here again, so that the product is not its own judge. */
const hoursFromUtc: Readonly<Record<string, number>> = {
  'America/New_York': -5,
  'America/Chicago': -6,
  'America/Los_Angeles': -8,
};
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Whether a window is open at a moment in every one of the zones. */
export function mayBeCalled(window: CallingWindow, zones: readonly string[], atMs: number): boolean {
  return (
    zones.length > 0 &&
    zones.every((zone) => {
      const local = new Date(atMs + (hoursFromUtc[zone] ?? Number.NaN) * 3_600_000);
      const time = local.toISOString().slice(11, 16);
      const inside = ({ from, to }: { from: string; to: string }) => from <= time && time < to;
      return (
        (window.days as readonly string[]).includes(days[local.getUTCDay()] ?? '') &&
        inside(window) &&
        inside(floorHours)
      );
    })
  );
}
