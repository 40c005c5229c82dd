import { describe, expect, it } from 'vitest';
import { isFinalCarrierStatus } from './final-status.ts';

describe("Twilio's statuses", () => {
  it.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])('%s is an end', (status) => {
    expect(isFinalCarrierStatus(status)).toBe(true);
  });

  it.each(['queued', 'initiated', 'ringing', 'in-progress', 'cancelled', '', undefined])(
    '%s is none',
    (status) => {
      expect(isFinalCarrierStatus(status)).toBe(false);
    },
  );
});
