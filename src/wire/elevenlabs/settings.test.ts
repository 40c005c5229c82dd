import { describe, expect, it } from 'vitest';
import { settings, updateSettingsBody } from './settings.ts';

describe('the settings of the workspace', () => {
  it('are read with any event, and without any part', () => {
    expect(settings.parse({})).toEqual({});
    const found = { webhooks: { post_call_webhook_id: null, events: ['transcript', 'survey'] } };
    expect(settings.parse(found)).toEqual(found);
  });

  it('take the names of events, not the types that arrive', () => {
    const body = (event: string) => ({ webhooks: { post_call_webhook_id: 'wh_1', events: [event] } });
    expect(updateSettingsBody.safeParse(body('call_initiation_failure')).success).toBe(true);
    const { error } = updateSettingsBody.safeParse(body('post_call_transcription'));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual(['webhooks.events.0']);
  });

  it('take a header as a text or as a stored secret', () => {
    const webhook = (value: unknown) => ({
      conversation_initiation_client_data_webhook: {
        url: 'https://donna.example.com/start',
        request_headers: { 'x-door': value },
      },
    });
    expect(
      [webhook('open'), webhook({ secret_id: 'sec_1' }), webhook({ value: 'open' })].map(
        (body) => updateSettingsBody.safeParse(body).success,
      ),
    ).toEqual([true, true, false]);
  });
});
