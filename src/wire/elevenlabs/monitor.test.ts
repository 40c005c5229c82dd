import { expect, it } from 'vitest';
import { monitorCommand, monitorEvent, monitorSource } from './monitor.ts';

it('reads what either side said, and what the agent said after it was cut short', () => {
  for (const event of [
    { type: 'user_transcript', user_transcription_event: { user_transcript: 'Speaking.' } },
    { type: 'agent_response', agent_response_event: { agent_response: 'Hello' } },
    {
      type: 'agent_response_correction',
      agent_response_correction_event: {
        original_agent_response: 'Hello there',
        corrected_agent_response: 'Hello',
      },
    },
  ]) {
    expect(monitorEvent.parse(event)).toEqual(event);
  }
});

it('passes an event of an unknown type', () => {
  const event = { type: 'weather', weather_event: { sun: true } };
  expect(monitorEvent.parse(event)).toEqual(event);
});

it('can end a call, and says nothing that the provider does not know', () => {
  expect(monitorCommand.parse({ command_type: 'end_call' })).toEqual({ command_type: 'end_call' });
  expect(monitorCommand.safeParse({ command_type: 'end_call', reason: 'late' }).success).toBe(false);
  expect(monitorCommand.safeParse({ type: 'end_call' }).success).toBe(false);
});

it('says that no live answer stands behind it', () => {
  expect(monitorSource).toMatchObject({ by: 'documentation', of: expect.stringContaining('unverified') });
});
