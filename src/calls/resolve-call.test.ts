import { describe, expect, it } from 'vitest';
import { agentOf, callRequest, fakeProvider, numberFacts, twilioLine } from '../../test/fixtures/calls.ts';
import { resolveCall } from './resolve-call.ts';

const second = { ...twilioLine, id: 'phnum_second', number: '+1 (212) 555-0101' };

describe('resolveCall', () => {
  it('reads the line and the agent that are named', async () => {
    expect(await resolveCall(fakeProvider(), callRequest())).toMatchObject({
      line: { id: 'phnum_main' },
      agentId: 'agent_one',
      agent: { name: 'Donna' },
    });
  });

  it('takes the only line and the only agent of the account', async () => {
    const request = callRequest({ from: undefined, agentId: undefined });
    expect(await resolveCall(fakeProvider(), request)).toMatchObject({
      line: { id: 'phnum_main' },
      agentId: 'agent_one',
    });
  });

  it('looks a number up to its line, however the provider writes it', async () => {
    const from = { number: numberFacts('+12125550101').number };
    const provider = fakeProvider({ lines: [twilioLine, second] });
    expect((await resolveCall(provider, callRequest({ from }))).line.id).toBe('phnum_second');
  });

  it('does not read the agent when preflight is skipped, and still reads the line', async () => {
    const provider = fakeProvider({ agents: [] });
    expect(await resolveCall(provider, callRequest({ preflight: false }))).toMatchObject({
      agent: undefined,
      line: { id: 'phnum_main' },
    });
  });

  it.each([
    ['an unknown line', { from: { lineId: 'phnum_maim' } }, 'not-found', 'Did you mean phnum_main?'],
    [
      'an unknown number',
      { from: { number: numberFacts('+12125550199').number } },
      'not-found',
      'phnum_main (+12125550100, twilio)',
    ],
    ['no line among several', { from: undefined }, 'bad-input', 'phnum_second'],
    ['an unknown agent', { agentId: 'agent_none' }, 'not-found', 'agent_one (Donna)'],
  ])('names %s and lists those that exist', async (_, changes, code, hint) => {
    const provider = fakeProvider({ lines: [twilioLine, second] });
    await expect(resolveCall(provider, callRequest(changes))).rejects.toMatchObject({
      code,
      hint: expect.stringContaining(hint),
    });
  });

  it('asks for a choice among several agents', async () => {
    const provider = fakeProvider({ agents: [agentOf(), agentOf({ agent_id: 'agent_two' })] });
    await expect(resolveCall(provider, callRequest({ agentId: undefined }))).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('agent_two'),
    });
  });

  it('asks for an id where two lines share a number', async () => {
    const provider = fakeProvider({ lines: [twilioLine, { ...twilioLine, id: 'phnum_twin' }] });
    const from = { number: numberFacts('+12125550100').number };
    await expect(resolveCall(provider, callRequest({ from }))).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('phnum_twin'),
    });
  });

  it('says what to do in an empty account', async () => {
    await expect(
      resolveCall(fakeProvider({ lines: [] }), callRequest({ from: undefined })),
    ).rejects.toMatchObject({ code: 'not-found', hint: expect.stringContaining('lines import') });
    await expect(
      resolveCall(fakeProvider({ agents: [] }), callRequest({ agentId: undefined })),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
