import { describe, expect, it } from 'vitest';
import { getCall, listCalls, twilioCallFilters, updateCall } from './call.ts';

const call = {
  sid: 'CA00000000000000000000000000000001',
  status: 'ringing',
  to: '+12125550142',
  from: '+12125550100',
  direction: 'outbound-api',
  duration: null,
  queue_time: '0',
  price: null,
};

describe('a call of Twilio', () => {
  it('is read with its numbers as strings, null until the end', () => {
    expect(getCall.reply.parse(call)).toEqual(call);
    const ended = { ...call, status: 'completed', duration: '12', price: '-0.0140', answered_by: 'human' };
    expect(getCall.reply.parse(ended)).toEqual(ended);
  });

  it('may have a status that came after this was written', () => {
    expect(getCall.reply.parse({ ...call, status: 'parked' }).status).toBe('parked');
  });

  it('is listed in pages, filtered by parameters whose names carry the sign', () => {
    const page = { calls: [call], page: 0, page_size: 50, next_page_uri: null };
    expect(listCalls.reply.parse(page)).toEqual(page);
    const filters = { To: '+12125550142', 'StartTime>': '2026-01-02T03:04:05Z', PageSize: 20 };
    expect(twilioCallFilters.parse(filters)).toEqual(filters);
    expect(twilioCallFilters.safeParse({ StartTimeAfter: '2026-01-02' }).error?.issues).toMatchObject([
      { keys: ['StartTimeAfter'] },
    ]);
  });

  it('is ended by a form with a status, and can be changed in no other way', () => {
    expect(updateCall.encoding).toBe('form');
    expect(updateCall.body?.safeParse({ Status: 'completed' }).success).toBe(true);
    expect(updateCall.body?.safeParse({ Status: 'in-progress' }).success).toBe(false);
    expect(updateCall.body?.safeParse({ Status: 'completed', Twiml: '<Response/>' }).success).toBe(false);
  });
});
