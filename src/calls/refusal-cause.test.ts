import { describe, expect, it } from 'vitest';
import { refusalCause } from './refusal-cause.ts';

const record = (words: string) => `HTTP 400 error: Unable to create record: ${words}`;

/** Twilio's REST messages by code, as ElevenLabs passes them on, and what they mean. */
const twilio: readonly [code: string, words: string, cause: string][] = [
  ['20003', 'HTTP 401 error: Unable to create record: Authenticate', 'carrier-credentials'],
  ['20003', 'HTTP 401 error: Authentication Error - invalid username', 'carrier-credentials'],
  ['20003', 'HTTP 403 error: Permission Denied', 'carrier-credentials'],
  ['20005', record('Account not active'), 'carrier-account'],
  ['10001', record('Account is not active'), 'carrier-account'],
  ['20008', record('Resource not accessible with Test Account Credentials'), 'carrier-credentials'],
  [
    '20404',
    'HTTP 404 error: Unable to create record: The requested resource /2010-04-01/Accounts/AC0/Calls.json was not found',
    'carrier-credentials',
  ],
  ['20429', 'HTTP 429 error: Unable to create record: Too Many Requests', 'carrier-capacity'],
  ['10002', record('Trial account does not support this feature'), 'carrier-trial'],
  ['10004', record('Call concurrency limit exceeded'), 'carrier-capacity'],
  ['22005', record('Call queue is full'), 'carrier-capacity'],
  ['13223', record('Dial: Invalid phone number format'), 'invalid-number'],
  [
    '13224',
    record('Dial: Twilio does not support calling this number or the number is invalid'),
    'invalid-number',
  ],
  ['13225', record('Dial: Call blocked by Twilio blocklist'), 'blocked-by-carrier'],
  ['13226', record('Dial: Invalid country code'), 'invalid-number'],
  ['13227', record('Geo Permission configuration is not permitting call'), 'geo-permission'],
  ['21202', record('Calls to premium numbers are not supported'), 'premium-number'],
  ['21203', record('International calling not enabled'), 'geo-permission'],
  [
    '21210',
    record(
      "The source phone number provided, +12125550100, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.",
    ),
    'line-not-callable',
  ],
  ['21211', record("The 'To' number +12125550142 is not a valid phone number."), 'invalid-number'],
  [
    '21211',
    record('The phone number you are attempting to call, +12125550142, is not valid.'),
    'invalid-number',
  ],
  [
    '21212',
    record(
      "The 'From' number +12125550100 is not a valid phone number, shortcode, or alphanumeric sender ID.",
    ),
    'line-not-callable',
  ],
  ['21212', record('Invalid From Number (caller ID): 100'), 'line-not-callable'],
  ['21213', record('Caller phone number is required'), 'line-not-callable'],
  [
    '21214',
    record('The phone number you are attempting to call, +12125550142, cannot be reached.'),
    'invalid-number',
  ],
  [
    '21214',
    record("The 'To' phone number: +12125550142, is not currently reachable using this account."),
    'invalid-number',
  ],
  [
    '21215',
    record(
      'Account not authorized to call +12125550142. Perhaps you need to enable some international permissions: https://www.twilio.com/console/voice/calls/geo-permissions/low-risk',
    ),
    'geo-permission',
  ],
  ['21216', record('Account not allowed to call +12125550142'), 'blocked-by-carrier'],
  ['21216', record('Call blocked by Twilio'), 'blocked-by-carrier'],
  ['21217', record('Phone number +12125550142 does not appear to be valid'), 'invalid-number'],
  ['21217', record('+12125550142 does not appear to be a valid phone number'), 'invalid-number'],
  [
    '21219',
    record('The number +12125550142 is unverified. Trial accounts may only make calls to verified numbers.'),
    'trial-number-unverified',
  ],
  ['32203', record('Blocked number'), 'blocked-by-carrier'],
  ['32205', record('Geo Permissions do not permit this call'), 'geo-permission'],
  ['34002', record('Callee is busy'), 'busy'],
  ['no code', record('Primary compliance profile is not approved'), 'compliance-profile'],
  ['no code', 'HTTP 401 error: Primary compliance profile is not approved', 'compliance-profile'],
  ['no code', record('A Primary Customer Profile is missing for this account'), 'compliance-profile'],
];

const sip: readonly [status: string, words: string, cause: string][] = [
  ['401', 'INVITE failed: sip status: 401: Unauthorized (SIP 401)', 'trunk-refused'],
  ['403', 'INVITE failed: sip status: 403: Forbidden (SIP 403)', 'trunk-refused'],
  ['404', 'INVITE failed: sip status: 404: Domain unavailable (SIP 404)', 'invalid-number'],
  ['407', 'INVITE failed: sip status: 407: Proxy Authentication Required (SIP 407)', 'trunk-refused'],
  ['408', 'INVITE failed: sip status: 408: Request Timeout (SIP 408)', 'no-answer'],
  ['410', 'INVITE failed: sip status: 410: Gone (SIP 410)', 'invalid-number'],
  ['480', 'INVITE failed: sip status: 480: Temporarily Unavailable (SIP 480)', 'no-answer'],
  ['484', 'INVITE failed: sip status: 484: Address Incomplete (SIP 484)', 'invalid-number'],
  ['486', 'INVITE failed: sip status: 486: Busy here (SIP 486)', 'busy'],
  ['487', 'INVITE failed: sip status: 487: Request Terminated (SIP 487)', 'no-answer'],
  ['488', 'INVITE failed: sip status: 488: Not Acceptable Here (SIP 488)', 'trunk-media'],
  ['503', 'INVITE failed: sip status: 503: Service Unavailable (SIP 503)', 'trunk-unreachable'],
  ['600', 'INVITE failed: sip status: 600: Busy Everywhere (SIP 600)', 'busy'],
  ['603', 'INVITE failed: sip status: 603: Decline (SIP 603)', 'declined'],
  ['604', 'INVITE failed: sip status: 604: Does Not Exist Anywhere (SIP 604)', 'invalid-number'],
  ['none', 'transaction failed to complete (0 intermediate responses)', 'trunk-unreachable'],
  ['none', 'sip request timed out', 'trunk-unreachable'],
];

describe('refusalCause', () => {
  it.each(twilio)('names Twilio %s: %s', (_, words, cause) => {
    expect(refusalCause(words).code).toBe(cause);
  });

  it.each(sip)('names SIP %s: %s', (_, words, cause) => {
    expect(refusalCause(words).code).toBe(cause);
  });

  it('does not depend on the number that a message names', () => {
    for (const number of ['+442079460018', '+5491155501420', '+8615550142012345']) {
      for (const [, words, cause] of twilio) {
        expect(refusalCause(words.replaceAll('+12125550142', number)).code, words).toBe(cause);
      }
    }
  });

  it('names every kind of refusal by some message', () => {
    const seen = new Set([...twilio, ...sip].map(([, words]) => refusalCause(words).code));
    expect([...seen].sort()).toEqual([
      'blocked-by-carrier',
      'busy',
      'carrier-account',
      'carrier-capacity',
      'carrier-credentials',
      'carrier-trial',
      'compliance-profile',
      'declined',
      'geo-permission',
      'invalid-number',
      'line-not-callable',
      'no-answer',
      'premium-number',
      'trial-number-unverified',
      'trunk-media',
      'trunk-refused',
      'trunk-unreachable',
    ]);
  });

  it('says so when it does not know the words, and when there are none', () => {
    expect(refusalCause('Something new went wrong')).toMatchObject({ code: 'refused', retryable: false });
    expect(refusalCause('  ').sentence).toContain('without a reason');
  });

  it('hands out no pattern of its table', () => {
    expect(Object.keys(refusalCause('busy here')).sort()).toEqual([
      'code',
      'fix',
      'owner',
      'retryable',
      'sentence',
    ]);
  });
});
