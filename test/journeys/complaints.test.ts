import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { demo, demoAccount, type SandboxState } from '../../src/sandbox/index.ts';
import { deliveryKey } from '../../src/wire/elevenlabs/delivery-key.ts';
import { dialTwilio } from '../../src/wire/elevenlabs/outbound-call.ts';
import { readPostCallWebhook } from '../../src/wire/elevenlabs/post-call-webhook.ts';
import { verifyElevenLabs } from '../../src/wire/elevenlabs/signature.ts';
import { signatureAdvice } from '../../src/wire/elevenlabs/signature-advice.ts';
import { demoVariables, type SandboxWorld, startSandboxWorld } from '../fixtures/sandbox-world.ts';
import { json as diagnose, settings as doctorSettings } from './run-diagnose.ts';

/**
 * What users of the providers complain of, in the order of a survey of public threads. Each is reproduced on the sandbox as its users met it,
 * and then Donna names it with a fix.
 */
describe('fifteen complaints, reproduced and named', () => {
  const to = '+12125550142';
  const dialPath = '/v1/convai/twilio/outbound-call';
  const rightBody = { agent_id: demo.agentId, agent_phone_number_id: demo.twilioLineId, to_number: to };

  async function world(options: Parameters<typeof startSandboxWorld>[0] = {}): Promise<SandboxWorld> {
    const started = await startSandboxWorld(options);
    onTestFinished(() => started.close());
    return started;
  }

  /** The demo account with its first agent changed. */
  function withAgent(change: (config: Record<string, unknown>) => Record<string, unknown>): SandboxState {
    const state = demoAccount();
    return {
      ...state,
      agents: state.agents.map((agent, index) =>
        index === 0 ? { ...agent, conversation_config: change(agent.conversation_config) } : agent,
      ),
    };
  }

  const said = (cli: { said: readonly string[] }) => cli.said.join('\n');

  it('1. a wrong field name: the provider names what is missing, never what it ignored', async () => {
    const sandbox = await world();
    const { agent_phone_number_id: phone_number_id, ...rest } = rightBody;
    const reply = await sandbox.request('POST', dialPath, { ...rest, phone_number_id });
    expect(reply).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'agent_phone_number_id'] }] },
    });

    const body = { ...rest, phone_number_id } as never;
    await expect(sandbox.world.client.send(dialTwilio, { body })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/agent_phone_number_id|phone_number_id/),
      hint: expect.stringContaining('Nothing was sent'),
    });
    expect(sandbox.rings()).toBe(0);
  });

  it('2. the Twilio endpoint with a SIP line', async () => {
    const sandbox = await world();
    const reply = await sandbox.request('POST', dialPath, {
      ...rightBody,
      agent_phone_number_id: demo.sipLineId,
    });
    expect(reply).toMatchObject({ status: 400, body: { detail: { status: 'invalid_provider_config' } } });

    await expect(
      sandbox.world.client.send(dialTwilio, {
        body: { ...rightBody, agent_phone_number_id: demo.sipLineId },
      }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('another provider'),
      hint: expect.stringContaining('donna lines list'),
    });
    const cli = await sandbox.call([to, ...demoVariables, '--from', demo.sipLineId, '--no-wait']);
    expect(cli.stdout).toContainEqual(expect.stringMatching(/^SIP call id: /));
  });

  it('3. an endpoint that was renamed', async () => {
    const sandbox = await world();
    const reply = await sandbox.request('POST', '/v1/convai/twilio/outbound_call', rightBody);
    expect(reply).toEqual({ status: 404, body: { detail: 'Not Found' } });

    const { endpointHistory } = await import('../../src/diagnosis/endpoint-history.ts');
    const { describeVerdict, endpointVerdict } = await import('../../src/diagnosis/endpoint-verdict.ts');
    const verdict = endpointVerdict(
      'POST',
      '/v1/convai/twilio/outbound_call',
      'no-such-path',
      endpointHistory,
    );
    expect(describeVerdict(verdict, endpointHistory)).toMatch(
      /removed: last seen in the document of 2025-\d\d-\d\d.*POST \/v1\/convai\/twilio\/outbound-call/,
    );
  });

  it('4. a variable missing in the first message', async () => {
    const sandbox = await world({ agentId: demo.agentWithoutPlaceholdersId });
    const died = await sandbox.call([to, '--no-preflight']);
    expect(died.exitCode).toBe(7);
    expect(said(died)).toContain("Missing required dynamic variables in first message: {'customer_name'}");
    expect(said(died)).toContain('Add --var customer_name=…');

    const stopped = await sandbox.call([to]);
    expect(stopped.exitCode).toBe(3);
    expect(said(stopped)).toContain('Add --var customer_name=…');
  });

  it('5. a variable missing in a tool', async () => {
    const tool = {
      type: 'webhook',
      name: 'look_up_order',
      description: '',
      api_schema: { url: 'https://shop.example/orders/{{order_id}}', method: 'GET' },
    };
    const state = withAgent((config) => {
      const agent = config.agent as Record<string, unknown>;
      const prompt = agent.prompt as Record<string, unknown>;
      return {
        ...config,
        agent: { ...agent, prompt: { ...prompt, tools: [...((prompt.tools as unknown[]) ?? []), tool] } },
      };
    });
    const sandbox = await world({ state });
    const died = await sandbox.call([to, ...demoVariables, '--no-preflight']);
    expect(said(died)).toContain("Missing required dynamic variables in tools: {'order_id'}");

    const stopped = await sandbox.call([to, ...demoVariables]);
    expect(stopped.exitCode).toBe(3);
    expect(said(stopped)).toMatch(/\{\{order_id\}\} in tool look_up_order[\s\S]*--var order_id=…/);
  });

  it('6. variables in the wrong place', async () => {
    const sandbox = await world();
    const reply = await sandbox.request('POST', dialPath, {
      ...rightBody,
      dynamic_variables: { customer_name: 'Ada' },
    });
    expect(reply.status).toBe(200);
    expect(sandbox.sandbox.journal.requests.at(-1)?.ignored).toEqual(['dynamic_variables']);

    const file = path.join(sandbox.dataDir, 'data.json');
    await writeFile(file, JSON.stringify({ variables: { customer_name: 'Ada' } }));
    const cli = await sandbox.call([to, '--client-data', file]);
    expect(cli.exitCode).toBe(2);
    expect(said(cli)).toContain('variables is not a field here');
  });

  it('7. an override that is dropped or ends the call', async () => {
    const sandbox = await world();
    const file = path.join(sandbox.dataDir, 'override.json');
    await writeFile(file, JSON.stringify({ agent: { first_message: 'Good day.' } }));
    const died = await sandbox.call([to, ...demoVariables, '--override', file, '--no-preflight']);
    expect(died.exitCode).toBe(7);
    expect(said(died)).toMatch(
      /Override for field 'first_message' is not allowed by config[\s\S]*Allow the override/,
    );

    const stopped = await sandbox.call([to, ...demoVariables, '--override', file]);
    expect(stopped.exitCode).toBe(3);
    expect(said(stopped)).toMatch(/agent\.first_message[\s\S]*Security, Overrides/);
  });

  it('8. the call connects and the agent is silent', async () => {
    const state = withAgent((config) => ({
      ...config,
      agent: { ...(config.agent as object), first_message: '' },
    }));
    const sandbox = await world({ state });
    const cli = await sandbox.call(['+12125550134', ...demoVariables, '--json']);
    expect(said(cli)).toMatch(/no first message[\s\S]*Give the agent a first message/);
    const { report } = JSON.parse(cli.stdout[0] ?? '');
    expect(report.outcome).toMatchObject({ connected: true });
    expect(report.outcome.sentence).toMatch(/nobody spoke/);
    expect(report.outcome.fix).toMatch(/first message.*8000 Hz/);
  });

  it('9. Twilio suddenly stops working, with no error to read', async () => {
    const state = demoAccount();
    const sandbox = await world({ state: { ...state, twilio: { ...state.twilio, status: 'suspended' } } });
    const reply = await sandbox.request('POST', dialPath, rightBody);
    expect(reply).toMatchObject({ status: 200, body: { success: false, conversation_id: null } });

    const cli = await sandbox.call([to, ...demoVariables]);
    expect(cli.exitCode).toBe(4);
    expect(said(cli)).toMatch(/Twilio account is not active[\s\S]*Twilio console/);
    const { byName } = await diagnose([], doctorSettings(sandbox.url));
    expect(byName['twilio-account']).toMatchObject({
      status: 'failed',
      fix: expect.any(String),
    });
  });

  it('10. a webhook signature that does not fit, because the body was parsed first', async () => {
    const { deliveries, secret } = await callWithWebhook();
    const [delivery] = await deliveries(1);
    if (!delivery) throw new Error('no delivery');
    const { rawBody, header, receivedAtMs } = delivery;
    const parsedFirst = JSON.stringify(JSON.parse(rawBody), undefined, 1);
    expect(verifyElevenLabs({ rawBody, header, secret, nowMs: receivedAtMs }).kind).toBe('valid');
    const verdict = verifyElevenLabs({ rawBody: parsedFirst, header, secret, nowMs: receivedAtMs });
    expect(verdict).toEqual({ kind: 'refused', why: 'mismatch' });
    expect(signatureAdvice.mismatch).toContain('raw bytes');
  });

  it('11. the same webhook delivered twice', async () => {
    const { deliveries } = await callWithWebhook({ kind: 'webhook-doubled' });
    const both = await deliveries(2);
    const keys = both.map(({ rawBody }) => {
      const read = readPostCallWebhook(JSON.parse(rawBody));
      return read.kind === 'known' ? deliveryKey(read.event) : read;
    });
    expect(keys[0]).toMatch(/^post_call_transcription:conv_\w+:\d+$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('12. a retry that rings the same person again', async () => {
    const sandbox = await world();
    const after503 = { kind: 'status', status: 503, when: 'after' } as const;
    sandbox.sandbox.faults.add({ operation: 'dialTwilio', times: 3, fault: after503 });
    const sdk = new ElevenLabsClient({ apiKey: demo.apiKey, baseUrl: sandbox.url });
    await expect(
      sdk.conversationalAi.twilio.outboundCall({
        agentId: demo.agentId,
        agentPhoneNumberId: demo.twilioLineId,
        toNumber: to,
      }),
    ).rejects.toThrow();
    expect(sandbox.rings()).toBe(3);

    sandbox.sandbox.faults.add({ operation: 'dialTwilio', times: 3, fault: after503 });
    const cli = await sandbox.call([to, ...demoVariables, '--no-wait', '--json']);
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({ status: 'accepted', adopted: true });
    expect(sandbox.rings()).toBe(4);
  });

  it('13. a voicemail that looks like a person', async () => {
    const sandbox = await world();
    const outcomeOf = async (number: string) => {
      const cli = await sandbox.call([number, ...demoVariables, '--json']);
      const { report, conversationId } = JSON.parse(cli.stdout[0] ?? '');
      const { body } = await sandbox.request('GET', `/v1/convai/conversations/${conversationId}`);
      return { status: (body as { status: string }).status, ...report.outcome };
    };
    const [machine, person] = [await outcomeOf('+12125550120'), await outcomeOf('+12125550110')];
    expect([machine.status, person.status]).toEqual(['done', 'done']);
    expect(machine).toMatchObject({ kind: 'voicemail', human: 'no' });
    expect(person).toMatchObject({ kind: 'answered', human: 'yes' });
  });

  it('14. a failed INVITE that looks like a normal hang-up', async () => {
    const sandbox = await world({ from: demo.sipLineId });
    const refused = JSON.parse(
      (await sandbox.call(['+12125550140', ...demoVariables, '--json'])).stdout[0] ?? '',
    );
    expect(refused).toMatchObject({
      status: 'not-placed',
      cause: { code: 'invalid-number' },
      words: expect.stringContaining('INVITE failed'),
    });
    expect(refused.conversationId).toMatch(/^conv_/);
    const hungUp = JSON.parse(
      (await sandbox.call(['+12125550133', ...demoVariables, '--json'])).stdout[0] ?? '',
    );
    expect(hungUp).toMatchObject({
      status: 'accepted',
      report: { outcome: { kind: 'answered', connected: true } },
    });
  });

  it('15. concurrency: a 429 that does not say of what', async () => {
    const state = demoAccount();
    const sandbox = await world({ state: { ...state, account: { ...state.account, plan: 'free' } } });
    const numbers = ['+12125550160', '+12125550161', '+12125550162', '+12125550163'];
    for (const number of numbers)
      await sandbox.request('POST', dialPath, { ...rightBody, to_number: number });
    const cli = await sandbox.call([to, ...demoVariables, '--no-wait']);
    expect(cli.exitCode).toBe(4);
    expect(said(cli)).toMatch(/as many calls at once as its plan allows[\s\S]*Wait for running calls to end/);
    const { byName } = await diagnose([], doctorSettings(sandbox.url));
    expect(JSON.stringify(byName.plan)).toContain('4 calls at once');
  });

  /** Places a call on an account whose webhook points at a server of this test. */
  async function callWithWebhook(fault?: { kind: 'webhook-doubled' }) {
    const received: { rawBody: string; header: string | undefined; receivedAtMs: number }[] = [];
    let wake = () => {};
    const server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const header = request.headers['elevenlabs-signature'];
        received.push({
          rawBody: Buffer.concat(chunks).toString('utf8'),
          header: String(header),
          receivedAtMs: Number(/t=(\d+)/.exec(String(header))?.[1]) * 1000,
        });
        response.end();
        wake();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const sandbox = await world();
    const made = await sandbox.request('POST', '/v1/workspace/webhooks', {
      settings: {
        auth_type: 'hmac',
        name: 'test',
        webhook_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      },
    });
    const { webhook_id, webhook_secret } = made.body as { webhook_id: string; webhook_secret: string };
    await sandbox.request('PATCH', '/v1/convai/settings', {
      webhooks: { post_call_webhook_id: webhook_id, events: ['transcript'] },
    });
    if (fault) sandbox.sandbox.faults.add({ operation: 'post_call_transcription', fault });
    await sandbox.request('POST', dialPath, rightBody);
    return {
      secret: webhook_secret,
      deliveries: async (count: number) => {
        while (received.length < count) await new Promise<void>((resolve) => (wake = resolve));
        return received;
      },
    };
  }
});
