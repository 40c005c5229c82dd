import { nextChangeOfOffset, zoneOffsetMs } from './zone-offset.ts';

/** In the order of `Date.getUTCDay`. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** Local hours of a week: from `from` up to, and not with, `to`, each `HH:MM` in 24 hours. */
export interface CallingHours {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** When a person may be called, on the clock of the place where the phone is. */
export interface CallingWindow extends CallingHours {
  /** IANA name; takes the place of the zones that the number tells. */
  readonly zone?: string | undefined;
  /** The first and the last moment of the call, both included, in milliseconds since 1970: a window is stored as JSON. */
  readonly notBeforeMs?: number | undefined;
  readonly notAfterMs?: number | undefined;
}

export const defaultHours: CallingHours = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
};

/** No window reaches past these hours and nothing lifts them. */
export const floorHours: CallingHours = { days: weekdays, from: '08:00', to: '20:00' };

/** How far `nextOpening` looks: every window of a week has opened by then, also across a change of clocks. */
const HORIZON_DAYS = 14;
const DAY_MS = 86_400_000;

/** Opening hours as numbers; `NaN` where a time cannot be read, and then nothing is inside. */
interface Hours {
  readonly days: readonly boolean[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** The window within the floor, and a sentence where that made it smaller. One with a fault stays as it is. */
export function clipToFloor<Window extends CallingHours>(
  window: Window,
): { readonly window: Window; readonly note: string | undefined } {
  if (windowFault(window)) return { window, note: undefined };
  const from = window.from < floorHours.from ? floorHours.from : window.from;
  const to = window.to > floorHours.to ? floorHours.to : window.to;
  if (from === window.from && to === window.to) return { window, note: undefined };
  const note = `Nobody is called before ${floorHours.from} or after ${floorHours.to}: ${window.from} to ${window.to} became ${from} to ${to}.`;
  return { window: { ...window, from, to }, note };
}

/** Whether a window can open at all, as a sentence on what is wrong with it; `undefined` where nothing is. */
export function windowFault(window: CallingHours): string | undefined {
  const { days, fromMs, toMs } = hoursOf(window);
  if (!days.includes(true)) return 'The window has no day.';
  for (const time of [window.from, window.to]) {
    if (Number.isNaN(timeOfDayMs(time))) return `"${time}" is not a time of day such as 09:00.`;
  }
  if (!(fromMs < toMs)) {
    return `From ${window.from} to ${window.to} nobody can be called (calls go out from ${floorHours.from} to ${floorHours.to}).`;
  }
  return undefined;
}

/**
 * Whether a person may be called now: within the window and the floor in every one of `zones`, since the phone can be in
 * any of them. False without a zone, for a name that is no zone, and where a time cannot be read.
 */
export function insideWindow(window: CallingWindow, zones: readonly string[], nowMs: number): boolean {
  const { notBeforeMs, notAfterMs } = window;
  if (notBeforeMs !== undefined && !(nowMs >= notBeforeMs)) return false;
  if (notAfterMs !== undefined && !(nowMs <= notAfterMs)) return false;
  const hours = hoursOf(window);
  const all = judgedZones(window, zones);
  return all.length > 0 && all.every((zone) => msUntilOpen(hours, zone, nowMs) === 0);
}

/**
 * The first moment, now or later, at which `insideWindow` holds, within 14 days of now (of `notBeforeMs`, where that is
 * later). `undefined` means never, and that is common for numbers that can lie anywhere in a wide country: with
 * the default hours a toll-free number of the United States, from New York to Adak and Honolulu, leaves 14:00 to 17:00
 * of New York, and a Russian mobile, over ten hours of zones, leaves nothing. `zones` are those of the number's own country,
 * so a +1 number of the United States does not wait for Canada. Such a call needs the zone of the person.
 */
export function nextOpening(
  window: CallingWindow,
  zones: readonly string[],
  nowMs: number,
): Date | undefined {
  const hours = hoursOf(window);
  const all = judgedZones(window, zones);
  if (all.length === 0) return undefined;
  // Whole milliseconds, as a Date holds them: a fraction lost on the way out would fall before the opening.
  let at = Math.ceil(Math.max(nowMs, window.notBeforeMs ?? nowMs));
  const end = Math.min(at + HORIZON_DAYS * DAY_MS, window.notAfterMs ?? Number.POSITIVE_INFINITY);
  while (at <= end) {
    let wait = 0;
    for (const zone of all) {
      const needed = msUntilOpen(hours, zone, at);
      if (needed === undefined) return undefined;
      wait = Math.max(wait, needed);
    }
    if (wait === 0) return new Date(at);
    at += wait;
  }
  return undefined;
}

function judgedZones({ zone }: CallingWindow, zones: readonly string[]): readonly string[] {
  return zone === undefined ? zones : [zone];
}

/**
 * Milliseconds in which a zone is surely closed: 0 when it is open. Looks a day ahead at most and stops at a change of
 * clocks, where it is to be asked again. `undefined` where it cannot be told.
 */
function msUntilOpen({ days, fromMs, toMs }: Hours, zone: string, atMs: number): number | undefined {
  const offset = zoneOffsetMs(zone, atMs);
  if (offset === undefined || !(fromMs < toMs)) return undefined;
  const local = atMs + offset;
  const day = Math.floor(local / DAY_MS);
  const timeOfDay = local - day * DAY_MS;
  const isCallingDay = days[weekdayOf(day)] === true;
  if (isCallingDay && timeOfDay >= fromMs && timeOfDay < toMs) return 0;
  const wait = isCallingDay && timeOfDay < fromMs ? fromMs - timeOfDay : DAY_MS - timeOfDay;
  const change = nextChangeOfOffset(zone, atMs, atMs + wait);
  return change === undefined ? wait : change - atMs;
}

/** Day 0, 1 January 1970, was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function hoursOf(window: CallingHours): Hours {
  return {
    days: weekdays.map((day) => window.days.includes(day)),
    fromMs: Math.max(timeOfDayMs(window.from), timeOfDayMs(floorHours.from)),
    toMs: Math.min(timeOfDayMs(window.to), timeOfDayMs(floorHours.to)),
  };
}

/** `24:00` is the end of the day. */
function timeOfDayMs(text: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]|24(?=:00)):([0-5]\d)$/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}
