import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readErrorBody } from './error.ts';

describe('an error body', () => {
  it('is read from the envelope of today', () => {
    const detail = {
      type: 'not_found',
      code: 'conversation_not_found',
      status: 'conversation_history_not_found',
      message: 'No such conversation.',
      request_id: 'req_1',
      param: 'conversation_id',
    };
    expect(readErrorBody({ detail })).toEqual({
      shape: 'envelope',
      type: 'not_found',
      code: 'conversation_not_found',
      status: 'conversation_history_not_found',
      message: 'No such conversation.',
      param: 'conversation_id',
      requestId: 'req_1',
    });
  });

  it('is read from the older form, which has a status and a message', () => {
    expect(
      readErrorBody({ detail: { status: 'missing_permissions', message: 'Not with this key.' } }),
    ).toEqual({
      shape: 'legacy',
      status: 'missing_permissions',
      message: 'Not with this key.',
    });
    expect(readErrorBody({ detail: { status: 'system_busy' } })).toEqual({
      shape: 'legacy',
      status: 'system_busy',
      message: 'system_busy',
    });
  });

  it('is read from a list of issues, each with its place', () => {
    const detail = [
      { type: 'missing', loc: ['body', 'agent_phone_number_id'], msg: 'Field required', input: null },
      { loc: ['body', 'recipients', 0], msg: 'Wrong' },
    ];
    expect(readErrorBody({ detail })).toEqual({
      shape: 'validation',
      message: 'body.agent_phone_number_id: Field required; body.recipients.0: Wrong',
      issues: [
        { type: 'missing', loc: ['body', 'agent_phone_number_id'], msg: 'Field required' },
        { loc: ['body', 'recipients', 0], msg: 'Wrong' },
      ],
    });
  });

  it('is read from a sentence', () => {
    expect(readErrorBody({ detail: 'Not Found' })).toEqual({ shape: 'text', message: 'Not Found' });
  });

  it.each([
    ['a page of a proxy', '<html>502 Bad Gateway</html>', '<html>502 Bad Gateway</html>'],
    ['an empty body', '', ''],
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['a list', [], ''],
    ["somebody else's JSON", { error: { code: 502, message: 'upstream' } }, ''],
    ['a detail without a word', { detail: {} }, ''],
    ['an empty list of issues', { detail: [] }, ''],
    ['issues without a place', { detail: [{ msg: 'Wrong' }] }, ''],
    ['a detail that is a number', { detail: 7 }, ''],
  ])('is foreign when it is %s', (_, body, message) => {
    expect(readErrorBody(body)).toEqual({ shape: 'foreign', message });
  });

  it('keeps its message when a field beside it has another type than it should', () => {
    expect(
      readErrorBody({ detail: { type: 'conflict', code: 409, message: 'Busy.', status: null } }),
    ).toEqual({
      shape: 'legacy',
      type: 'conflict',
      message: 'Busy.',
    });
  });

  it('never throws, and cuts a long foreign text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ detail: fc.anything() })), (body) => {
        expect(readErrorBody(body).message).toEqual(expect.any(String));
      }),
    );
    expect(readErrorBody('x'.repeat(5000)).message).toHaveLength(300);
  });
});
