/** Zones change their clocks on whole quarters of an hour of UTC (tz database, every rule since 1973). */
const QUARTER_MS = 15 * 60_000;

/** More names than the tz database has: a caller who varies the capitals of a name cannot fill the memory. */
const MOST_ZONES = 1000;

interface KnownZone {
  readonly format: Intl.DateTimeFormat;
  quarter: number;
  offsetMs: number;
}

const known = new Map<string, KnownZone>();

/** Whether this is the name of an IANA time zone, such as `Europe/Berlin`; a bare offset such as `+02:00` is none. */
export function isTimeZone(name: string): boolean {
  return zoneOf(name) !== undefined;
}

/**
 * What local clocks of a zone are ahead of UTC at a moment, in milliseconds; `undefined` for a name that is no zone and
 * for a time that is no moment.
 */
export function zoneOffsetMs(zone: string, atMs: number): number | undefined {
  const found = zoneOf(zone);
  // Beyond this a Date is not valid (ECMA-262, Time Values).
  if (!found || !(Math.abs(atMs) <= 8.64e15)) return undefined;
  const quarter = Math.floor(atMs / QUARTER_MS);
  if (found.quarter !== quarter) {
    found.offsetMs = readOffset(found.format.format(atMs));
    found.quarter = quarter;
  }
  return found.offsetMs;
}

/** The first moment after `fromMs`, and not after `untilMs`, at which the zone's offset is another; for spans with at most one change. */
export function nextChangeOfOffset(zone: string, fromMs: number, untilMs: number): number | undefined {
  const before = zoneOffsetMs(zone, fromMs);
  if (zoneOffsetMs(zone, untilMs) === before) return undefined;
  let same = Math.floor(fromMs / QUARTER_MS);
  let changed = Math.floor(untilMs / QUARTER_MS);
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (zoneOffsetMs(zone, middle * QUARTER_MS) === before) same = middle;
    else changed = middle;
  }
  return changed * QUARTER_MS;
}

function zoneOf(name: string): KnownZone | undefined {
  const found = known.get(name);
  if (found || !/^[A-Za-z]/.test(name)) return found;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    const zone = { format, quarter: Number.NaN, offsetMs: 0 };
    if (known.size >= MOST_ZONES) known.clear();
    known.set(name, zone);
    return zone;
  } catch {
    return undefined;
  }
}

/** Reads `11/14/2023, GMT-03:30`. Making a formatter costs 0.4 ms and this 1 µs, hence both are kept. */
function readOffset(text: string): number {
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -offset : offset;
}
