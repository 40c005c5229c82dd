import { describe, expect, it } from 'vitest';
import { listCallRecordings } from './recording.ts';

describe('the recordings of a call', () => {
  it('are read with fields that came later', () => {
    const page = {
      page: 0,
      next_page_uri: null,
      recordings: [
        { sid: 'RE1', status: 'completed', duration: '12', channels: 2, price: null, media_type: 'audio' },
      ],
    };
    expect(listCallRecordings.reply.parse(page)).toEqual(page);
    expect(listCallRecordings.reply.safeParse({ recordings: [{ status: 'completed' }] }).success).toBe(false);
  });

  it('take no query that Twilio does not know', () => {
    expect(listCallRecordings.query?.safeParse({ PageSize: 1001 }).success).toBe(false);
    expect(listCallRecordings.query?.safeParse({ CallSid: 'CA1' }).success).toBe(false);
  });
});
