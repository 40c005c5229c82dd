import { describe, expect, it } from 'vitest';
import type { Agent } from '../wire/elevenlabs/agent.ts';
import { quietPeriodMs } from './quiet-period.ts';

const MINUTE = 60_000;
const agent = (seconds: number) =>
  ({ conversation_config: { conversation: { max_duration_seconds: seconds } } }) as unknown as Agent;
const asking = (seconds: number) => ({
  clientData: { conversation_config_override: { conversation: { max_duration_seconds: seconds } } },
});

describe('quietPeriodMs', () => {
  it('is ring time, longest conversation, processing and slack together', () => {
    expect(quietPeriodMs({ clientData: {} }, undefined)).toBe((1 + 10 + 15 + 2) * MINUTE);
    expect(quietPeriodMs({ clientData: {} }, agent(1_800))).toBe((1 + 30 + 15 + 2) * MINUTE);
    const telephony = { ringing_timeout_secs: 120 };
    expect(quietPeriodMs({ clientData: {}, telephony }, agent(1_800))).toBe((2 + 30 + 15 + 2) * MINUTE);
  });

  it('follows a call that may last longer than the agent says', () => {
    expect(quietPeriodMs(asking(3_600), agent(600))).toBe((1 + 60 + 15 + 2) * MINUTE);
  });

  it.each([60, 0, -100_000])('is not made shorter by a call that asks for %i seconds', (seconds) => {
    expect(quietPeriodMs(asking(seconds), agent(600))).toBe((1 + 10 + 15 + 2) * MINUTE);
  });

  it('takes an agent without a real limit for one with the usual limit', () => {
    expect(quietPeriodMs({ clientData: {} }, agent(-1))).toBe((1 + 10 + 15 + 2) * MINUTE);
  });

  it('always comes to an end', () => {
    expect(quietPeriodMs(asking(1e12), undefined)).toBe((1 + 24 * 60 + 15 + 2) * MINUTE);
  });
});
