import { expect, it } from 'vitest';
import { getAccount } from './account.ts';
import { listIncomingNumbers } from './incoming-number.ts';

it('reads an account and drops its auth token', () => {
  const account = { sid: 'AC1', status: 'active', type: 'Trial', friendly_name: 'Donna' };
  expect(getAccount.reply.parse({ ...account, auth_token: 'secret', subresource_uris: {} })).toEqual(account);
});

it('reads the numbers of an account with what they can do', () => {
  const page = {
    incoming_phone_numbers: [
      {
        sid: 'PN1',
        phone_number: '+12125550100',
        capabilities: { voice: true, sms: false, mms: false, fax: false },
      },
    ],
    next_page_uri: null,
  };
  expect(listIncomingNumbers.reply.parse(page)).toEqual(page);
});
