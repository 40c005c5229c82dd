import { describe, expect, it } from 'vitest';
import type { CalleeMove, Heard } from '../callees/callee.ts';
import { confirms } from '../callees/confirms.ts';
import { type AgentScript, agentScript } from './agent-script.ts';
import { cutAt, playDialogue, playScripted, speechMs } from './player.ts';

const endCall = { type: 'system', name: 'end_call', params: { system_tool_type: 'end_call' } };
const config = {
  agent: {
    first_message: 'Hello {{customer_name}}.',
    prompt: {
      prompt: 'Ask {{customer_name}} about {{order_number}}.',
      built_in_tools: { end_call: endCall },
    },
  },
};
const script = (change: Partial<AgentScript> = {}): AgentScript => ({
  ...agentScript(config, { customer_name: 'Ms Rivera', order_number: 'O-7' }),
  ...change,
});
const says = (text: string): CalleeMove => ({ kind: 'says', text });
const silent = (): CalleeMove => ({ kind: 'waits' });

describe('a dialogue', () => {
  it('speaks the first message, then the variables of the prompt, and ends when they are confirmed', () => {
    const { turns, endedBy, answer } = playScripted(script(), confirms.respond ?? silent, 0);
    expect(turns.map((turn) => [turn.by, turn.text])).toEqual([
      ['agent', 'Hello Ms Rivera.'],
      ['callee', 'Hello, yes, this is me.'],
      ['agent', 'It is about order number O-7. Is that right?'],
      ['callee', 'Yes, that is right. I can confirm that.'],
      ['agent', 'Thank you, that is all I needed. Goodbye.'],
    ]);
    expect([endedBy, answer]).toEqual(['end_call', 'confirmation']);
  });

  it('tells the callee what it heard and what the time is', () => {
    const heard: Heard[] = [];
    playScripted(
      script(),
      (now) => {
        heard.push(now);
        return heard.length < 2 ? says('Who is this?') : { kind: 'hangs-up', when: 'after' };
      },
      1_000_000,
    );
    expect(heard[0]).toMatchObject({
      agentSaid: 'Hello Ms Rivera.',
      ownTurns: 0,
      nowMs: 1_000_500 + speechMs('Hello Ms Rivera.'),
    });
    expect(heard[1]?.turns.map((turn) => turn.by)).toEqual(['agent', 'callee', 'agent']);
  });

  it('waits for a callee that answers later, as a person does', async () => {
    const person = async (heard: Heard): Promise<CalleeMove> => {
      await Promise.resolve();
      return heard.ownTurns < 2 ? says('Yes, that is correct.') : { kind: 'hangs-up', when: 'after' };
    };
    const play = playDialogue(script(), 0);
    let step = play.next();
    while (!step.done) step = play.next(await person(step.value));
    expect(step.value.answer).toBe('confirmation');
  });

  it('reminds a silent callee, and ends after the silence that the agent allows', () => {
    const { turns, endMs, endedBy } = playScripted(script({ silenceMs: 20_000 }), silent, 0);
    expect([endedBy, endMs]).toEqual(['silence', 20_000]);
    expect(turns.slice(1).map((turn) => turn.text)).toEqual([
      'Hello, are you still there?',
      'I cannot hear you.',
    ]);
  });

  it('ends at the longest duration when nothing else ends it', () => {
    const { endMs, endedBy } = playScripted(script({ maxDurationMs: 30_000 }), silent, 0);
    expect([endedBy, endMs]).toEqual(['max-duration', 30_000]);
  });

  it('leaves the message of the agent in a mailbox', () => {
    const { turns, endedBy } = playScripted(
      script({ voicemail: { message: 'Please call us back.' } }),
      () => says('Please leave a message after the beep.'),
      0,
    );
    expect(endedBy).toBe('voicemail_detection');
    expect(turns.at(-1)).toMatchObject({
      text: 'Please call us back.',
      tool: { name: 'voicemail_detection' },
    });
  });

  it('leaves the end to the callee when the agent has no tool for it', () => {
    expect(playScripted(script({ canEndCall: false }), confirms.respond ?? silent, 0).endedBy).toBe('callee');
  });

  it('presses a key once when it may', () => {
    const menu = () => says('For sales, press 2.');
    const { turns, endedBy } = playScripted(script({ canPressKeys: true }), menu, 0);
    expect(turns.flatMap((turn) => (turn.tool ? [turn.tool.name] : []))).toEqual([
      'play_keypad_touch_tone',
      'end_call',
    ]);
    expect(endedBy).toBe('end_call');
  });

  it('cuts the turn that is being spoken, and drops what follows', () => {
    const { turns } = playScripted(script(), confirms.respond ?? silent, 0);
    const cut = cutAt(turns, 1_000);
    expect(cut).toHaveLength(1);
    expect(cut[0]).toMatchObject({ endMs: 1_000, cutFrom: 'Hello Ms Rivera.' });
    expect(cutAt(turns, 1e9)).toEqual(turns);
  });
});
