import * as fc from 'fast-check';
import { getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { numberFacts } from '../../test/fixtures/calls.ts';
import {
  type CallingWindow,
  clipToFloor,
  defaultHours,
  floorHours,
  insideWindow,
  nextOpening,
  weekdays,
  windowFault,
} from './calling-window.ts';
import { readZonePrefixes } from './zone-prefixes.ts';
import { createZonesOfNumber } from './zones-of-number.ts';

const at = (text: string) => Date.parse(text);
const newYork = ['America/New_York'];
const zonesOf = createZonesOfNumber(await readZonePrefixes());
const daily = (from: string, to: string): CallingWindow => ({ days: weekdays, from, to });
const opens = (window: CallingWindow, zones: readonly string[], now: string) =>
  nextOpening(window, zones, at(now))?.toISOString();

describe('insideWindow', () => {
  it('holds from the first minute and no longer with the last', () => {
    // A Wednesday; New York is four hours behind.
    expect(insideWindow(defaultHours, newYork, at('2026-07-15T12:59:59.999Z'))).toBe(false);
    expect(insideWindow(defaultHours, newYork, at('2026-07-15T13:00:00Z'))).toBe(true);
    expect(insideWindow(defaultHours, newYork, at('2026-07-15T20:59:59.999Z'))).toBe(true);
    expect(insideWindow(defaultHours, newYork, at('2026-07-15T21:00:00Z'))).toBe(false);
  });

  it('goes by the day of the place, not of UTC', () => {
    const auckland = ['Pacific/Auckland'];
    // Sunday evening in UTC is Monday morning there, and Friday evening is Saturday.
    expect(insideWindow(defaultHours, auckland, at('2026-07-12T22:00:00Z'))).toBe(true);
    expect(insideWindow(defaultHours, auckland, at('2026-07-17T22:00:00Z'))).toBe(false);
  });

  it('must hold in every zone, and in none where there is none', () => {
    const both = ['America/New_York', 'America/Los_Angeles'];
    expect(insideWindow(defaultHours, both, at('2026-07-15T14:00:00Z'))).toBe(false);
    expect(insideWindow(defaultHours, both, at('2026-07-15T16:00:00Z'))).toBe(true);
    expect(insideWindow(defaultHours, [], at('2026-07-15T16:00:00Z'))).toBe(false);
  });

  it('takes the zone of the window in place of the number’s', () => {
    const window = { ...defaultHours, zone: 'Asia/Tokyo' };
    expect(insideWindow(window, newYork, at('2026-07-15T01:00:00Z'))).toBe(true);
    expect(insideWindow(window, newYork, at('2026-07-15T14:00:00Z'))).toBe(false);
    expect(insideWindow(window, [], at('2026-07-15T01:00:00Z'))).toBe(true);
  });

  it('never holds outside the floor, whatever the window says', () => {
    const always = daily('00:00', '24:00');
    expect(insideWindow(always, ['UTC'], at('2026-07-15T07:59:59Z'))).toBe(false);
    expect(insideWindow(always, ['UTC'], at('2026-07-15T08:00:00Z'))).toBe(true);
    expect(insideWindow(always, ['UTC'], at('2026-07-15T20:00:00Z'))).toBe(false);
  });

  it('keeps to the first and the last moment of the call, both included', () => {
    const notBeforeMs = at('2026-07-15T14:00:00Z');
    const notAfterMs = at('2026-07-15T15:00:00Z');
    const inside = (now: number) => insideWindow({ ...defaultHours, notBeforeMs, notAfterMs }, newYork, now);
    expect([-1, 0].map((step) => inside(notBeforeMs + step))).toEqual([false, true]);
    expect([0, 1].map((step) => inside(notAfterMs + step))).toEqual([true, false]);
  });

  it.each<[string, CallingWindow, string[], number]>([
    ['a zone that does not exist', defaultHours, ['Mars/Olympus'], at('2026-07-15T15:00:00Z')],
    ['one such zone among others', defaultHours, ['UTC', ''], at('2026-07-15T15:00:00Z')],
    ['no time', defaultHours, newYork, Number.NaN],
    ['endless time', defaultHours, newYork, Number.POSITIVE_INFINITY],
    ['hours that cannot be read', daily('9', '17:00'), newYork, at('2026-07-15T15:00:00Z')],
    ['hours that end before they begin', daily('17:00', '09:00'), newYork, at('2026-07-15T15:00:00Z')],
    ['no day', { ...defaultHours, days: [] }, newYork, at('2026-07-15T15:00:00Z')],
    [
      'a first moment that is none',
      { ...defaultHours, notBeforeMs: Number.NaN },
      newYork,
      at('2026-07-15T15:00:00Z'),
    ],
    [
      'a last moment that is none',
      { ...defaultHours, notAfterMs: Number.NaN },
      newYork,
      at('2026-07-15T15:00:00Z'),
    ],
  ])('fails closed on %s, now and later', (_, window, zones, now) => {
    expect(insideWindow(window, zones, now)).toBe(false);
    expect(nextOpening(window, zones, now)).toBeUndefined();
  });
});

describe('nextOpening', () => {
  it('is now where the window is open', () => {
    expect(opens(defaultHours, newYork, '2026-07-15T15:00:00Z')).toBe('2026-07-15T15:00:00.000Z');
  });

  it('is the same morning, the next day, or after the weekend', () => {
    expect(opens(defaultHours, newYork, '2026-07-15T11:00:00Z')).toBe('2026-07-15T13:00:00.000Z');
    expect(opens(defaultHours, newYork, '2026-07-15T21:00:00Z')).toBe('2026-07-16T13:00:00.000Z');
    expect(opens(defaultHours, newYork, '2026-07-17T21:00:00Z')).toBe('2026-07-20T13:00:00.000Z');
  });

  it('goes by the clocks of the day that it falls on, in spring and in autumn', () => {
    // Clocks change on 8 March and on 1 November, both Sundays.
    expect(opens(defaultHours, newYork, '2026-03-06T23:00:00Z')).toBe('2026-03-09T13:00:00.000Z');
    expect(opens(defaultHours, newYork, '2026-10-30T23:00:00Z')).toBe('2026-11-02T14:00:00.000Z');
    expect(opens(daily('09:00', '17:00'), ['Europe/Berlin'], '2026-10-24T23:30:00Z')).toBe(
      '2026-10-25T08:00:00.000Z',
    );
    expect(opens(daily('09:00', '17:00'), ['Australia/Lord_Howe'], '2026-10-03T10:00:00Z')).toBe(
      '2026-10-03T22:00:00.000Z',
    );
  });

  it.each([
    ['Asia/Kathmandu', '2026-07-15T03:15:00.000Z'],
    ['Asia/Kolkata', '2026-07-15T03:30:00.000Z'],
    ['Pacific/Chatham', '2026-07-15T20:15:00.000Z'],
  ])('counts the odd minutes of %s', (zone, opening) => {
    expect(opens(daily('09:00', '10:00'), [zone], '2026-07-15T00:00:00Z')).toBe(opening);
  });

  it('passes over a day that the calendar leaves out', () => {
    // Samoa went from Thursday, 29 December 2011 to Saturday, 31 December.
    const fridays: CallingWindow = { ...defaultHours, days: ['fri'] };
    expect(opens(fridays, ['Pacific/Apia'], '2011-12-29T20:00:00Z')).toBe('2012-01-05T19:00:00.000Z');
  });

  it('waits for all zones of a call that can go anywhere in the United States', () => {
    const zones = zonesOf(numberFacts('+18005550142'));
    expect(zones).toEqual(expect.arrayContaining(['Pacific/Honolulu', 'America/Adak', 'America/New_York']));
    const window = (now: string) => insideWindow(defaultHours, zones, at(now));
    // In winter Honolulu and Adak are five hours behind New York: 14:00 to 17:00 there are 9 to 12 here.
    expect(opens(defaultHours, zones, '2026-01-14T14:00:00Z')).toBe('2026-01-14T19:00:00.000Z');
    expect([window('2026-01-14T21:59:59Z'), window('2026-01-14T22:00:00Z')]).toEqual([true, false]);
    // In summer Honolulu alone is six behind.
    expect(opens(defaultHours, zones, '2026-07-15T14:00:00Z')).toBe('2026-07-15T19:00:00.000Z');
    expect([window('2026-07-15T20:59:59Z'), window('2026-07-15T21:00:00Z')]).toEqual([true, false]);
  });

  it('is never where the zones of a country have no hour in common', () => {
    const zones = zonesOf(numberFacts(getExampleNumber('RU', examples)?.number ?? ''));
    expect(opens(defaultHours, zones, '2026-07-15T00:00:00Z')).toBeUndefined();
    expect(opens({ ...defaultHours, zone: 'Europe/Moscow' }, zones, '2026-07-15T00:00:00Z')).toBe(
      '2026-07-15T06:00:00.000Z',
    );
  });

  it('begins at the first moment of the call, however far, and does not pass the last', () => {
    const later = { ...defaultHours, notBeforeMs: at('2026-12-24T20:00:00Z') };
    expect(opens(later, newYork, '2026-07-15T00:00:00Z')).toBe('2026-12-24T20:00:00.000Z');
    const notAfterMs = at('2026-07-15T13:00:00Z');
    expect(opens({ ...defaultHours, notAfterMs }, newYork, '2026-07-15T00:00:00Z')).toBe(
      '2026-07-15T13:00:00.000Z',
    );
    expect(
      opens({ ...defaultHours, notAfterMs: at('2026-07-15T12:59:59Z') }, newYork, '2026-07-15T00:00:00Z'),
    ).toBeUndefined();
  });

  it('is a moment at which the window is open, and no quarter of an hour before it is', () => {
    const zone = fc.constantFrom(
      ...[
        'America/New_York',
        'Pacific/Chatham',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
        'Africa/Casablanca',
      ],
      ...['Europe/London', 'America/Adak', 'Pacific/Apia', 'Asia/Tehran'],
    );
    const quarters = fc.integer({ min: 0, max: 24 * 4 - 1 });
    const clock = (quarter: number) =>
      `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.array(zone, { minLength: 1, maxLength: 3 }),
        fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
        quarters,
        quarters,
        // The years in which no zone of these leaves out a day.
        fc.double({ min: at('2015-01-01'), max: at('2037-01-01'), noNaN: true }),
        (zones, days, from, to, now) => {
          const window = { days, from: clock(from), to: clock(to) };
          const opening = nextOpening(window, zones, now)?.getTime();
          if (opening !== undefined) expect(insideWindow(window, zones, opening)).toBe(true);
          const quarter = 900_000;
          const until = opening ?? now + 14 * 86_400_000;
          // From the next whole millisecond, which is the first that an opening can be.
          for (
            let time = Math.ceil(now);
            time < until - 1;
            time = (Math.floor(time / quarter) + 1) * quarter
          ) {
            if (insideWindow(window, zones, time)) throw new Error(`open at ${new Date(time).toISOString()}`);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('clipToFloor', () => {
  it('leaves a window within the floor as it is', () => {
    expect(clipToFloor(defaultHours)).toEqual({ window: defaultHours, note: undefined });
    expect(clipToFloor(floorHours).note).toBeUndefined();
  });

  it('clips a wider one, keeps the rest of it and says so', () => {
    const { window, note } = clipToFloor({ ...daily('06:30', '22:00'), zone: 'UTC' });
    expect(window).toEqual({ ...daily('08:00', '20:00'), zone: 'UTC' });
    expect(note).toContain('06:30 to 22:00 became 08:00 to 20:00');
  });

  it('does not repair one with a fault', () => {
    expect(clipToFloor(daily('9:00', '21:00')).window).toEqual(daily('9:00', '21:00'));
  });
});

describe('windowFault', () => {
  it.each<[string, CallingWindow]>([
    ['no day', { ...defaultHours, days: [] }],
    ['"9:00"', daily('9:00', '17:00')],
    ['"25:00"', daily('09:00', '25:00')],
    ['"24:30"', daily('09:00', '24:30')],
    ['From 17:00 to 09:00', daily('17:00', '09:00')],
    ['From 20:00 to 23:00', daily('20:00', '23:00')],
    ['From 09:00 to 09:00', daily('09:00', '09:00')],
  ])('names %s', (words, window) => {
    expect(windowFault(window)).toContain(words);
  });

  it('finds none in a window that opens', () => {
    for (const window of [defaultHours, floorHours, daily('00:00', '24:00')]) {
      expect(windowFault(window)).toBeUndefined();
    }
  });
});
