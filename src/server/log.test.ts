import { describe, expect, it } from 'vitest';
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

  it('is as quiet as its level', () => {
    const lines: string[] = [];
    createLog('warn', { write: (line) => void lines.push(line) }).info({}, 'not now');
    expect(lines).toEqual([]);
  });
});
