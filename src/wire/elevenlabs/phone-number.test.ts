import { describe, expect, it } from 'vitest';
import { importPhoneNumberBody, listPhoneNumbers, updatePhoneNumberBody } from './phone-number.ts';

describe('the lines as read', () => {
  it('are a bare array', () => {
    expect(listPhoneNumbers.reply.parse([])).toEqual([]);
    expect(listPhoneNumbers.reply.safeParse({ phone_numbers: [] }).success).toBe(false);
  });

  it('may have a provider that we do not know, or none', () => {
    const lines = [
      { phone_number_id: 'phnum_1', phone_number: '+12125550100', provider: 'twilio', assigned_agent: null },
      {
        phone_number_id: 'phnum_2',
        phone_number: '+12125550101',
        provider: 'carrier_pigeon',
        feathers: true,
      },
      { phone_number_id: 'phnum_3', phone_number: 'sip-user' },
    ];
    expect(listPhoneNumbers.reply.parse(lines)).toEqual(lines);
  });
});

describe('a number to import', () => {
  const named = { phone_number: '+12125550100', label: 'Front desk' };

  it('is one of three kinds, told apart by provider', () => {
    const trunk = { ...named, provider: 'sip_trunk', outbound_trunk_config: { address: 'sip.example.com' } };
    expect(importPhoneNumberBody.parse(trunk)).toEqual(trunk);
    expect(importPhoneNumberBody.safeParse({ ...named, sid: 'AC1', token: 't' }).error?.issues).toMatchObject(
      [{ path: ['provider'] }],
    );
  });

  it('has the fields of its own kind only', () => {
    const { error } = importPhoneNumberBody.safeParse({
      ...named,
      provider: 'twilio',
      sid: 'AC1',
      token: 't',
      outbound_trunk_config: null,
    });
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['outbound_trunk_config'] }]);
  });

  it('names the field of its trunk that is wrong', () => {
    const { error } = importPhoneNumberBody.safeParse({
      ...named,
      provider: 'sip_trunk',
      outbound_trunk_config: { address: 'sip.example.com', transport: 'sctp' },
    });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual(['outbound_trunk_config.transport']);
  });
});

it('refuses a change of what cannot be changed', () => {
  const { error } = updatePhoneNumberBody.safeParse({ phone_number: '+12125550101' });
  expect(error?.issues).toMatchObject([{ keys: ['phone_number'] }]);
});
