import { expect, it } from 'vitest';
import { initiationReply, initiationRequest } from './initiation-webhook.ts';

it('reads the request of a call that comes in', () => {
  const request = {
    caller_id: '+12125550142',
    agent_id: 'agent_1',
    called_number: '+12125550100',
    call_sid: 'CA1',
    conversation_id: 'conv_1',
  };
  expect(initiationRequest.parse(request)).toEqual(request);
});

it('answers with a type and variables, which an outbound call must not have at its root', () => {
  const reply = { type: 'conversation_initiation_client_data', dynamic_variables: { customer_name: 'Ada' } };
  expect(initiationReply.parse(reply)).toEqual(reply);
  expect(initiationReply.safeParse({ ...reply, type: undefined }).success).toBe(false);
  expect(initiationReply.safeParse({ type: reply.type }).success).toBe(false);
});

it('refuses an answer with a field that the provider would ignore', () => {
  const { error } = initiationReply.safeParse({
    type: 'conversation_initiation_client_data',
    dynamic_variables: {},
    first_message: 'Hello',
  });
  expect(error?.issues).toMatchObject([{ keys: ['first_message'] }]);
});
