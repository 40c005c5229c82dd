import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTimeZone, nextChangeOfOffset, zoneOffsetMs } from './zone-offset.ts';

const hours = (count: number) => count * 3_600_000;
const at = (text: string) => Date.parse(text);

describe('zoneOffsetMs', () => {
  it.each([
    ['UTC', 0],
    ['America/New_York', -5],
    ['Asia/Kathmandu', 5.75],
    ['Asia/Calcutta', 5.5],
    ['Pacific/Chatham', 13.75],
    ['America/St_Johns', -3.5],
  ])('is the winter’s in %s', (zone, offset) => {
    expect(zoneOffsetMs(zone, at('2026-01-15T12:00:00Z'))).toBe(hours(offset));
  });

  it('changes with the clocks to the millisecond, also where it is asked back and forth', () => {
    const change = at('2026-03-08T07:00:00Z');
    for (let turn = 0; turn < 2; turn += 1) {
      expect(zoneOffsetMs('America/New_York', change - 1)).toBe(hours(-5));
      expect(zoneOffsetMs('America/New_York', change)).toBe(hours(-4));
    }
  });

  it('is not told for a name that is no zone, nor for a time that is no moment', () => {
    for (const zone of ['Mars/Olympus', '', '+02:00', 'undefined'])
      expect(zoneOffsetMs(zone, 0)).toBeUndefined();
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY, -9e15]) {
      expect(zoneOffsetMs('UTC', time)).toBeUndefined();
    }
  });

  it('agrees with the wall clock of the zone at any moment from 1990 to 2040', () => {
    const moment = fc.integer({ min: at('1990-01-01'), max: at('2040-01-01') });
    fc.assert(
      fc.property(fc.constantFrom(...Intl.supportedValuesOf('timeZone')), moment, (zone, now) => {
        const wall = new Date(now).toLocaleString('sv-SE', { timeZone: zone });
        const offset = zoneOffsetMs(zone, now) ?? Number.NaN;
        expect(new Date(now + offset).toISOString().slice(0, 19).replace('T', ' ')).toBe(wall);
      }),
      { numRuns: 500 },
    );
  });
});

describe('nextChangeOfOffset', () => {
  it('finds the moment at which the clocks change', () => {
    const found = nextChangeOfOffset('Europe/Berlin', at('2026-10-24T23:10:00Z'), at('2026-10-25T20:00:00Z'));
    expect(found).toBe(at('2026-10-25T01:00:00Z'));
  });

  it('finds a change of half an hour on the half hour', () => {
    const found = nextChangeOfOffset(
      'Australia/Lord_Howe',
      at('2026-10-03T06:00:00Z'),
      at('2026-10-04T06:00:00Z'),
    );
    expect(found).toBe(at('2026-10-03T15:30:00Z'));
  });

  it('finds none where the clocks stay as they are', () => {
    expect(nextChangeOfOffset('Asia/Tokyo', at('2026-01-01'), at('2026-01-02'))).toBeUndefined();
  });
});

describe('isTimeZone', () => {
  it('knows IANA names, old ones too, and nothing else', () => {
    for (const name of ['Europe/Berlin', 'US/Eastern', 'UTC']) expect(isTimeZone(name)).toBe(true);
    for (const name of ['Europe/Nowhere', 'CEST', '+02:00', '', ' UTC']) expect(isTimeZone(name)).toBe(false);
  });
});
