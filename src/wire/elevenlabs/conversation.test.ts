import { describe, expect, it } from 'vitest';
import { conversation, conversationFilters, listConversations } from './conversation.ts';

const minimal = { agent_id: 'agent_1', conversation_id: 'conv_1', status: 'initiated', metadata: {} };

describe('a conversation', () => {
  it('needs ids, a status and metadata, and has an empty transcript until the end', () => {
    expect(conversation.parse(minimal)).toEqual({ ...minimal, transcript: [] });
  });

  it('passes a status, a kind of call and an end that came after this was written', () => {
    const later = {
      ...minimal,
      status: 'on-hold',
      metadata: {
        phone_call: { type: 'satellite', direction: 'outbound', beam: 7, call_result: 'screened' },
      },
    };
    expect(conversation.parse(later)).toEqual({ ...later, transcript: [] });
  });

  it('reads why a call failed, with the field that is seen live only', () => {
    const error = { code: 1011, reason: 'request timed out', error_type: 'no_answer' };
    expect(conversation.parse({ ...minimal, metadata: { error } }).metadata.error).toEqual(error);
    expect(
      conversation.parse({ ...minimal, metadata: { error: { code: 1002, reason: null } } }).metadata.error,
    ).toEqual({
      code: 1002,
      reason: null,
    });
  });

  it('reads each kind of telephone call', () => {
    const common = {
      direction: 'outbound',
      phone_number_id: 'phnum_1',
      agent_number: 'a',
      external_number: 'b',
    };
    for (const phone_call of [
      { ...common, type: 'twilio', stream_sid: 'MZ1', call_sid: 'CA1', call_result: 'answered' },
      { ...common, type: 'exotel', stream_sid: 'MZ1', call_sid: 'EX1' },
      { ...common, type: 'sip_trunking', call_id: null, call_sid: 'SCL_1', sip_header_dynamic_variables: {} },
    ]) {
      expect(conversation.parse({ ...minimal, metadata: { phone_call } }).metadata.phone_call).toEqual(
        phone_call,
      );
    }
  });

  it('reads turns that only call tools', () => {
    const transcript = [
      { role: 'agent', message: 'Hello', time_in_call_secs: 0 },
      {
        role: 'agent',
        message: null,
        time_in_call_secs: 4,
        tool_calls: [
          { request_id: 'r1', tool_name: 'end_call', params_as_json: '{}', tool_has_been_called: true },
        ],
        tool_results: [{ request_id: 'r1', tool_name: 'end_call', result_value: null, is_error: false }],
      },
    ];
    expect(conversation.parse({ ...minimal, transcript }).transcript).toEqual(transcript);
  });

  it('names the place of a field of the wrong type', () => {
    const { error } = conversation.safeParse({ ...minimal, transcript: [{ role: 'user', message: 7 }] });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual(['transcript.0.message']);
  });
});

describe('the filters of the list', () => {
  it('know no number and no Call SID, because the provider does not', () => {
    const { error } = conversationFilters.safeParse({ to_number: '+12125550142', call_sid: 'CA1' });
    expect(error?.issues).toMatchObject([{ keys: ['to_number', 'call_sid'] }]);
  });

  it('keep pages between 1 and 100', () => {
    expect([0, 1, 100, 101].map((page_size) => conversationFilters.safeParse({ page_size }).success)).toEqual(
      [false, true, true, false],
    );
  });

  it('spell the statuses with hyphens', () => {
    expect(conversationFilters.safeParse({ exclude_statuses: ['in-progress'] }).success).toBe(true);
    expect(conversationFilters.safeParse({ exclude_statuses: ['in_progress'] }).success).toBe(false);
  });
});

it('reads a page of conversations with and without a next one', () => {
  const { metadata: _, ...summary } = minimal;
  const page = { conversations: [{ ...summary, message_count: 0 }], next_cursor: null, has_more: false };
  expect(listConversations.reply.parse(page)).toEqual(page);
});
