import type { ZonesOfNumber } from '../calls/index.ts';
import type { Clock } from '../kernel/clock.ts';

const HOUR_MS = 3_600_000;

/**
 * Where the pretended people of the sandbox live: wherever it is about noon, so that a first call is dialled whenever it is tried. A zone
 * that is given with a call counts as ever, and shows how the gate holds a call up. Names of zones count westwards:
 * https://data.iana.org/time-zones/tzdb/etcetera
 */
export function awakeZones(clock: Pick<Clock, 'now'>): ZonesOfNumber {
  return (_, given) => {
    if (given !== undefined) return [given];
    const west = Math.floor((clock.now() % (24 * HOUR_MS)) / HOUR_MS) - 12;
    return [`Etc/GMT${west < 0 ? '' : '+'}${west}`];
  };
}
