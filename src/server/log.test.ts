import { describe, expect, it } from 'vitest';
import { AppError } from '../kernel/errors.ts';
import { createLog } from './log.ts';

describe('the log', () => {
  it('blots out what must not be in it, also one and two levels down', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    log.info(
      {
        callId: 'call_1',
        to: '+12125550142',
        request: { authorization: 'Bearer x', plan: { variables: { name: 'Ada' } } },
      },
      'call submitted',
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      callId: 'call_1',
      to: '[redacted]',
      request: { authorization: '[redacted]', plan: { variables: '[redacted]' } },
      msg: 'call submitted',
    });
    expect(JSON.parse(lines[0] ?? '')).not.toHaveProperty('hostname');
    expect(lines[0]).not.toContain('5550142');
  });

  it('keeps of an error what the database and the provider quote out of it', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const row = 'Failing row contains (+12125550142, Ada).';
    const ofDatabase = Object.assign(new Error('a value is missing'), {
      code: '23502',
      detail: row,
      where: row,
    });
    const body = { detail: 'Ada at +12125550142' };
    const exchange = { method: 'POST', path: '/v1/convai/x?to=%2B12125550142', status: 502, body };
    log.error({ err: ofDatabase }, 'a bug ended a request');
    log.warn(
      { err: new AppError('provider-reply', 'It failed.', { cause: ofDatabase, exchange }) },
      'request failed',
    );
    expect(lines.join()).not.toMatch(/Ada|5550142/);
    expect(lines.map((line) => JSON.parse(line).err)).toMatchObject([
      { message: 'a value is missing', code: '23502', stack: expect.stringContaining('log.test.ts') },
      { message: 'It failed.: a value is missing', exchange: { path: '/v1/convai/x?…', status: 502 } },
    ]);
  });

  it('is as quiet as its level', () => {
    const lines: string[] = [];
    createLog('warn', { write: (line) => void lines.push(line) }).info({}, 'not now');
    expect(lines).toEqual([]);
  });
});
