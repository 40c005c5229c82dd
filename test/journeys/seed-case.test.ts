import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { type SandboxWorld, startSandboxWorld } from '../fixtures/sandbox-world.ts';

/** The bug that Donna began with: every call a 404, by a path, a field and a place that never existed. */
describe('the seed case', () => {
  let sandbox: SandboxWorld;
  beforeEach(async () => {
    sandbox = await startSandboxWorld();
  });
  afterEach(() => sandbox.close());

  it('the old request gets a 404 and rings nobody', async () => {
    const reply = await sandbox.request('POST', `/v1/convai/phone-number/${demo.twilioLineId}/call`, {
      agent_id: demo.agentId,
      to_phone_number: '+12125550142',
      dynamic_variables: { customer_name: 'Ada' },
    });
    expect(reply).toEqual({ status: 404, body: { detail: 'Not Found' } });
    expect(sandbox.rings()).toBe(0);
  });

  it('the right path with the old fields gets a 422 that names what is missing, and not what was ignored', async () => {
    const reply = await sandbox.request('POST', '/v1/convai/twilio/outbound-call', {
      agent_id: demo.agentId,
      to_phone_number: '+12125550142',
      dynamic_variables: { customer_name: 'Ada' },
    });
    expect(reply.status).toBe(422);
    const { detail } = reply.body as { detail: { loc: string[] }[] };
    expect(detail.map((issue) => issue.loc.join('.')).sort()).toEqual([
      'body.agent_phone_number_id',
      'body.to_number',
    ]);
  });

  it('variables at the root are dropped in silence: the call goes out and speaks the placeholder', async () => {
    const reply = await sandbox.request('POST', '/v1/convai/twilio/outbound-call', {
      agent_id: demo.agentId,
      agent_phone_number_id: demo.twilioLineId,
      to_number: '+12125550142',
      dynamic_variables: { customer_name: 'Ada' },
    });
    expect(reply).toMatchObject({ status: 200, body: { success: true } });
    expect(sandbox.sandbox.journal.requests.at(-1)?.ignored).toEqual(['dynamic_variables']);
    const report = await endOf((reply.body as { conversation_id: string }).conversation_id);
    expect(report.transcript[0]?.text).toContain('Ms Rivera');
    expect(report.transcript.map((turn) => turn.text).join(' ')).not.toContain('Ada');
  });

  it('the right request gets a 200 with both ids, and the transcript speaks the variables', async () => {
    const reply = await sandbox.request('POST', '/v1/convai/twilio/outbound-call', {
      agent_id: demo.agentId,
      agent_phone_number_id: demo.twilioLineId,
      to_number: '+12125550142',
      conversation_initiation_client_data: {
        dynamic_variables: { customer_name: 'Ada', amount: '90 dollars' },
      },
    });
    expect(reply).toMatchObject({
      status: 200,
      body: {
        success: true,
        conversation_id: expect.stringMatching(/^conv_/),
        callSid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
      },
    });
    const report = await endOf((reply.body as { conversation_id: string }).conversation_id);
    const spoken = report.transcript.map((turn) => turn.text).join(' ');
    expect(spoken).toContain('Hello Ada');
    expect(spoken).toContain('90 dollars');
    expect(report.outcome.kind).toBe('answered');
  });

  async function endOf(conversationId: string) {
    for await (const event of sandbox.world.followCall({ conversationId })) {
      if (event.kind === 'ended') return event.report;
      if (event.kind === 'lost') throw new Error(event.why);
    }
    throw new Error('the call did not end');
  }
});
