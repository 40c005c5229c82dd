import { type CallingWindow, clipToFloor, insideWindow, nextOpening, windowFault } from './calling-window.ts';
import { type Held, moment, refuse } from './gate-decision.ts';
import { isTimeZone } from './zone-offset.ts';

/** What the hours of the destination say against a dial now. Without a known zone nobody is called. */
export function holdForWindow(
  window: CallingWindow,
  number: string,
  numberZones: readonly string[],
  nowMs: number,
): Held | undefined {
  const { notBeforeMs, notAfterMs, zone } = window;
  if (notAfterMs !== undefined && !(nowMs <= notAfterMs)) {
    return refuse('window', `The call was to go out by ${moment(notAfterMs)}.`, 'Place a new call.');
  }
  const zones = zone === undefined ? numberZones : [zone];
  if (zones.length === 0) {
    const sentence = `Where ${number} is, and what hour it is there, is not known.`;
    return refuse('window', sentence, 'Give the time zone of the person with the call.');
  }
  const unknown = zones.find((name) => !isTimeZone(name));
  if (unknown !== undefined) {
    const sentence = `"${unknown}" is not a time zone.`;
    return refuse('window', sentence, 'Give an IANA name such as America/New_York with the call.');
  }
  if (insideWindow(window, zones, nowMs)) return undefined;
  const { days, from, to } = clipToFloor(window).window;
  const hours = `${days.join(', ')} ${from} to ${to}`;
  const opening = nextOpening(window, zones, nowMs)?.getTime();
  if (opening !== undefined && opening > nowMs) {
    const sentence =
      notBeforeMs !== undefined && notBeforeMs > nowMs
        ? `The call is not to go out before ${moment(notBeforeMs)}.`
        : `It is outside the calling hours (${hours}) in ${few(zones)}.`;
    return { kind: 'wait', rule: 'window', untilMs: opening, sentence };
  }
  const never = `The hours (${hours}) do not come within 14 days in all of ${few(zones)}`;
  return refuse(
    'window',
    windowFault(window) ??
      (notAfterMs === undefined ? `${never}.` : `${never}, or not by ${moment(notAfterMs)}.`),
    'Give the call wider hours, or the time zone of the person.',
  );
}

/** A country can have thirty zones; the call keeps them all. */
function few(zones: readonly string[]): string {
  const others = zones.length - 3;
  return others > 1 ? `${zones.slice(0, 3).join(', ')} and ${others} more` : zones.join(', ');
}
