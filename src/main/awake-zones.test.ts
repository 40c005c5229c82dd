import { expect, it } from 'vitest';
import { insideWindow } from '../calls/calling-window.ts';
import { weekdays } from '../calls/index.ts';
import { type PhoneNumberFacts, parsePhoneNumber } from '../kernel/phone-number.ts';
import { awakeZones } from './awake-zones.ts';

it('finds the people of the sandbox awake at every hour of the week, but where a zone is given', () => {
  const parsed = parsePhoneNumber('+12125550142');
  const to = (parsed as { facts: PhoneNumberFacts }).facts;
  const window = { days: weekdays, from: '11:00', to: '14:00' };
  for (let hour = 0; hour < 7 * 24; hour++) {
    const now = Date.UTC(2026, 0, 5, hour, 59, 59);
    expect(insideWindow(window, awakeZones({ now: () => now })(to), now)).toBe(true);
  }
  expect(awakeZones({ now: () => 0 })(to, 'Asia/Tokyo')).toEqual(['Asia/Tokyo']);
});
