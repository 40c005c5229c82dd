import { describe, expect, it } from 'vitest';
import { type Fetch, type FetchRequest, TransportError } from '../kernel/fetch.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import { createProbe } from './probe.ts';

const hosts = {
  elevenlabs: { baseUrl: 'https://api.example.com/', apiKey: 'sk_1' },
  twilio: { baseUrl: 'https://twilio.example.com', accountSid: 'AC1', authToken: 'token' },
};

function probe(answer: () => Awaited<ReturnType<Fetch>>) {
  const sent: FetchRequest[] = [];
  const fetch: Fetch = async (request) => {
    sent.push(request);
    return answer();
  };
  return { sent, probe: createProbe(fetch, createVirtualClock(), hosts) };
}
const reply = (text: string) => () => ({ status: 200, headers: {}, body: new TextEncoder().encode(text) });

describe('createProbe', () => {
  it('sends a POST with an empty object and nothing else', async () => {
    const { sent, probe: doctor } = probe(reply('{}'));
    await doctor.send({ method: 'POST', provider: 'elevenlabs', path: '/v1/convai/twilio/outbound-call' });
    expect(sent).toMatchObject([
      {
        method: 'POST',
        url: 'https://api.example.com/v1/convai/twilio/outbound-call',
        headers: { 'xi-api-key': 'sk_1' },
        body: '{}',
      },
    ]);
  });

  it('sends each provider its own credentials, and none where none are wanted', async () => {
    const { sent, probe: doctor } = probe(reply('{}'));
    await doctor.send({ method: 'GET', provider: 'elevenlabs', path: '/v1/user', auth: 'none' });
    await doctor.send({ method: 'GET', provider: 'twilio', path: '/2010-04-01/Accounts/AC1.json' });
    expect(sent[0]?.headers).toEqual({ accept: 'application/json' });
    expect(sent[1]?.headers).toEqual({
      accept: 'application/json',
      authorization: `Basic ${Buffer.from('AC1:token').toString('base64')}`,
    });
    expect(sent.every(({ body }) => body === undefined)).toBe(true);
  });

  it('gives JSON parsed and anything else as text', async () => {
    const request = { method: 'GET', provider: 'elevenlabs', path: '/v1/user' } as const;
    expect(await probe(reply('[1]')).probe.send(request)).toMatchObject({ body: [1] });
    expect(await probe(reply('<html>')).probe.send(request)).toMatchObject({ body: '<html>' });
  });

  it('tells why nothing came, as data', async () => {
    const { probe: doctor } = probe(() => {
      throw new TransportError('dns', false, 'no such host');
    });
    expect(await doctor.send({ method: 'GET', provider: 'elevenlabs', path: '/v1/user' })).toMatchObject({
      kind: 'unreachable',
      why: 'dns',
      message: 'no such host',
    });
  });
});
