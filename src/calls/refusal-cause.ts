import type { Cause } from './cause.ts';

interface Row extends Omit<Cause, 'sentence'> {
  readonly words: RegExp;
  readonly sentence: string;
}

/**
 * The carrier's words, in the order in which they are tried, with what they mean. ElevenLabs passes on Twilio's message without its
 * error code, so the text is all there is. Numbers in comments are the Twilio codes or SIP statuses behind a row.
 */
const rows: readonly Row[] = [
  {
    // 21219
    words: /unverified|trial accounts? (?:may|can) only/i,
    code: 'trial-number-unverified',
    sentence:
      'The Twilio account is on trial, and a trial may only ring numbers that were verified in its console.',
    owner: 'config',
    fix: 'Verify the number (Twilio console, Phone Numbers, Verified Caller IDs) or upgrade the Twilio account.',
    retryable: false,
  },
  {
    // 10002
    words: /trial account/i,
    code: 'carrier-trial',
    sentence: 'The Twilio account is on trial, and a trial may not do this.',
    owner: 'config',
    fix: 'Upgrade the Twilio account.',
    retryable: false,
  },
  {
    // 21215, 21203, 13227, 32205
    words: /geo[- ]?permission|international (?:permission|calls? |calling)|not authorized to call/i,
    code: 'geo-permission',
    sentence: 'The Twilio account may not call this country.',
    owner: 'config',
    fix: 'Allow the country in the Twilio console: Voice, Settings, Geo permissions.',
    retryable: false,
  },
  {
    // 21216, 32203 and the regulatory form of it
    words: /compliance profile|customer profile|bundle (?:is )?not/i,
    code: 'compliance-profile',
    sentence: 'The Twilio account has no approved compliance profile for calls like this one.',
    owner: 'config',
    fix: 'Have the Primary Customer Profile approved in the Twilio console (Trust Hub), then call again.',
    retryable: false,
  },
  {
    // 21216, 13225, 32203
    words: /blocked|block ?list|blacklist|account (?:is )?not allowed to (?:call|dial)/i,
    code: 'blocked-by-carrier',
    sentence: 'The carrier blocks calls to this number.',
    owner: 'carrier',
    fix: 'Ask Twilio support why the number is blocked; for +1 numbers look at the Primary Customer Profile first.',
    retryable: false,
  },
  {
    // 21202
    words: /premium/i,
    code: 'premium-number',
    sentence: 'The number is a premium-rate number.',
    owner: 'config',
    fix: 'Call an ordinary number of the same person or company.',
    retryable: false,
  },
  {
    // 21210, 21212, 21213: the sender's number, so before the rows about the callee's
    words:
      /(?:source|from|caller)[^.]{0,60}(?:not (?:yet )?verified|not a valid|invalid|not owned|is required)|invalid from/i,
    code: 'line-not-callable',
    sentence:
      'Twilio does not accept the line as the caller: it is not owned by, or not verified for, this account.',
    owner: 'config',
    fix: 'Run donna diagnose --only twilio-number, and import the line again with the credentials that own it.',
    retryable: false,
  },
  {
    // 21211, 21214, 21217, 13223, 13224, 13226; SIP 404, 410, 484, 604
    words:
      /not a valid phone number|attempting to call[^.]{0,60} is not valid|invalid (?:'to'|to|phone) ?(?:phone )?number|phone number[^.]{0,60}(?:invalid|not valid|does not appear)|does not appear to be (?:a )?valid|number is invalid|calling this number|invalid country code|not currently reachable|(?:cannot|could not) be reached|sip(?: status)?:? (?:404|410|484|604)/i,
    code: 'invalid-number',
    sentence: 'The carrier says that no such number can be reached.',
    owner: 'callee',
    fix: 'Check the number with its owner, from a source you trust.',
    retryable: false,
  },
  {
    // 34002; SIP 486, 600
    words: /sip(?: status)?:? (?:486|600)|callee (?:is )?busy|busy here/i,
    code: 'busy',
    sentence: 'The line was busy.',
    owner: 'callee',
    fix: 'Call again later.',
    retryable: true,
  },
  {
    words: /sip(?: status)?:? (?:480|408|487)/i,
    code: 'no-answer',
    sentence: 'Nobody answered while it rang.',
    owner: 'callee',
    fix: 'Call again later, or at another hour.',
    retryable: true,
  },
  {
    words: /sip(?: status)?:? 603/i,
    code: 'declined',
    sentence: 'The call was declined.',
    owner: 'callee',
    fix: 'Somebody did not want this call: think before you call again.',
    retryable: true,
  },
  {
    words: /sip(?: status)?:? (?:401|403|407)/i,
    code: 'trunk-refused',
    sentence: 'The SIP trunk refused the call: wrong credentials, or the trunk may not call this number.',
    owner: 'config',
    fix: 'Check user name, password and allowed addresses of the trunk, and its outbound rules.',
    retryable: false,
  },
  {
    words: /sip(?: status)?:? 488|sip(?: status)?:? 415/i,
    code: 'trunk-media',
    sentence: 'The SIP trunk and ElevenLabs found no common codec or encryption.',
    owner: 'config',
    fix: 'Compare media encryption and codecs of the line (donna lines list --json) with those of the trunk.',
    retryable: false,
  },
  {
    words: /sip(?: status)?:? 5\d\d|transaction failed|sip request timed out|twirp/i,
    code: 'trunk-unreachable',
    sentence: 'The SIP trunk did not carry the call.',
    owner: 'carrier',
    fix: 'Check that the trunk answers at its address and transport; then call again.',
    retryable: true,
  },
  {
    // 20003, 20008, 20404
    words:
      /authenticat|HTTP 401 error|permission denied|test account credentials|requested resource .*was not found/i,
    code: 'carrier-credentials',
    sentence: 'Twilio does not accept the credentials that ElevenLabs keeps for this line.',
    owner: 'config',
    fix: 'Import the line again with a current Account SID and Auth Token: donna lines import.',
    retryable: false,
  },
  {
    // 10001, 20005
    words: /account (?:is )?(?:not active|suspended|closed)/i,
    code: 'carrier-account',
    sentence: 'The Twilio account is not active.',
    owner: 'config',
    fix: 'Look at the account in the Twilio console: balance, suspension, verification.',
    retryable: false,
  },
  {
    // 10004, 20429, 22005
    words: /HTTP 429|too many|concurren|queue (?:is )?full|rate limit/i,
    code: 'carrier-capacity',
    sentence: 'The carrier takes no more calls at the moment.',
    owner: 'carrier',
    fix: 'Wait a minute and call again; a Twilio account starts one call a second.',
    retryable: true,
  },
];

/** Names what a `success: false` or a failed conversation's text says. The text itself stays the evidence. */
export function refusalCause(words: string): Cause {
  const row = rows.find((candidate) => candidate.words.test(words));
  if (row) {
    const { code, sentence, owner, fix, retryable } = row;
    return { code, sentence, owner, fix, retryable };
  }
  return {
    code: 'refused',
    sentence: words.trim() === '' ? 'The call was refused without a reason.' : 'The call was refused.',
    owner: 'provider',
    fix: 'Run donna diagnose, and read the words of the carrier above.',
    retryable: false,
  };
}
