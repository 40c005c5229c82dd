/** How sure a statement about the providers is: by their document (or SDK and written pages), by a live answer, or a guess. */
export type FidelityStatus = 'document' | 'observed' | 'unverified';

export interface FidelityRow {
  readonly statement: string;
  readonly status: FidelityStatus;
  readonly source: string;
  /** Title of the test in test/contracts/sandbox-facts-*.test.ts that holds the sandbox to it. */
  readonly test: string;
}

const OPENAPI = 'ElevenLabs OpenAPI 2026-09-23';
const PAGES = 'ElevenLabs written documentation';
const SDK = 'ElevenLabs SDK 2.73.0';
const LIVE = 'live answers recorded by third parties';
const TWILIO = 'Twilio OpenAPI api_v2010 2026-04-14';
const NONE = 'no source found';

const row =
  (status: FidelityStatus, source: string) =>
  (statement: string, test: string): FidelityRow => ({
    statement,
    status,
    source,
    test,
  });
const document = row('document', OPENAPI);
const pages = row('document', PAGES);
const sdk = row('document', SDK);
const twilio = row('document', TWILIO);
const observed = row('observed', LIVE);
const unverified = row('unverified', NONE);

/** What the sandbox claims of the providers, each with its authority and its test. */
export const fidelity: readonly FidelityRow[] = [
  document(
    'The Twilio and Exotel endpoints answer with callSid, the SIP endpoint with sip_call_id.',
    'names the id of a call as each endpoint does',
  ),
  document('The ringing timeout is 1 to 999 seconds.', 'bounds the ringing timeout'),
  document('The list of phone numbers is a bare array.', 'lists phone numbers without pages'),
  document(
    'Lists of agents and conversations come in pages of 1 to 100 with a cursor.',
    'pages lists with a cursor',
  ),
  document(
    'The list of conversations has neither number nor Call SID, and can be filtered by user_id.',
    'finds a conversation by user_id and never by number',
  ),
  document(
    'A conversation moves through initiated, in-progress, processing and done.',
    'moves a conversation through its states',
  ),
  document(
    'The provider of a line is sip_trunk, the type of its calls sip_trunking.',
    'names a SIP call sip_trunking',
  ),
  document('The recording is audio/mpeg.', 'plays a recording that says it is simulated'),
  document('SIP messages of a conversation can be listed.', 'lists the SIP messages of a call'),
  document('The live count is the one reading of concurrency.', 'counts the running conversations'),
  document(
    'User and subscription tell plan and credits, and no concurrency limit.',
    'tells plan and credits and no concurrency limit',
  ),
  document(
    'Agents and lines can be created, read and changed.',
    'creates, reads and changes agents and lines',
  ),
  document(
    'The secret of a webhook is shown when it is created and never again.',
    'shows the secret of a webhook once',
  ),
  document('Overrides are off until the agent allows them.', 'allows an override that the agent allows'),
  document('A conversation can be read as OpenTelemetry traces.', 'reads a conversation as traces'),
  sdk(
    'phone_call.call_result tells answered, voicemail, busy, no_answer or failed.',
    'tells the result of a call',
  ),
  sdk('Each agent in the list has a voice_id, without which the SDK throws.', 'lists agents with a voice_id'),
  twilio(
    'Calls, account and numbers are read in the shapes of the REST API: counts as texts, dates in RFC 2822.',
    'shows a call as Twilio does',
  ),
  twilio('Calls are listed by To, From, Status and StartTime.', 'lists calls by To, Status and StartTime'),
  twilio('canceled ends a call that rings, completed one that is connected.', 'ends a call through Twilio'),
  twilio(
    'The carrier’s recordings of a call are listed and deleted apart from the call.',
    'keeps the recording of a call until it is deleted',
  ),
  row('document', 'Twilio written documentation')(
    'Errors are {code, message, more_info, status}.',
    'refuses as Twilio does',
  ),
  pages('Webhooks are signed over the raw body with t and v0.', 'signs webhooks'),
  pages(
    'A failed dial is told by call_initiation_failure with the words of the carrier.',
    'tells a failed dial by webhook',
  ),
  pages('Voicemail does not cause a call_initiation_failure.', 'tells no failure when voicemail answers'),
  pages('The recording is sent as base64 MP3 in post_call_audio.', 'sends the recording by webhook'),
  pages(
    'Retries are off by default; asked for, they come after 30 s, 2, 8 and 30 minutes, for transcripts alone.',
    'retries a transcript when that is asked for',
  ),
  pages('Ten failures in a row with no success switch a webhook off.', 'switches a failing webhook off'),
  pages(
    'Events of settings and types of payloads have different names.',
    'sends the events that are attached',
  ),
  pages(
    'Over the daily limit of an agent the conversation fails with code 4300.',
    'fails a conversation over the daily limit',
  ),
  pages('Bursting lets three times as many conversations run and marks them.', 'marks calls in a burst'),
  observed(
    'A dial that Twilio refuses is 200 with success false, the words of the carrier and null ids.',
    'answers 200 to a dial that Twilio refuses',
  ),
  observed(
    'A dial that a SIP trunk refuses is 200 with success false and a conversation id.',
    'keeps a conversation of a dial that SIP refuses',
  ),
  observed(
    'A refusal for compliance leaves a failed conversation although the answer names none.',
    'leaves a failed conversation after a compliance refusal',
  ),
  observed(
    'The Twilio endpoint with a SIP line is 400 invalid_provider_config.',
    'refuses a line of another provider',
  ),
  observed('A missing field is 422 in an array with input null.', 'names missing fields'),
  observed(
    'Unknown fields are dropped in silence: dynamic_variables at the root have no effect.',
    'drops unknown fields in silence',
  ),
  observed(
    'A missing variable lets the dial pass and the conversation die; it is done and a success.',
    'lets a call die of a missing variable',
  ),
  observed(
    'A variable missing in a tool kills the conversation with code 1008.',
    'lets a call die of a variable missing in a tool',
  ),
  observed(
    'No key is needs_authorization, a wrong one invalid_api_key, a restricted one 401 missing_permissions.',
    'refuses keys',
  ),
  observed('An unknown agent is document_not_found in the older envelope.', 'knows no such agent'),
  observed('An unknown conversation is 404 whatever its id looks like.', 'knows no such conversation'),
  observed(
    'While a call runs its transcript is empty, its duration 0 and its message count 0.',
    'tells nothing of what is said before the end',
  ),
  observed('No answer is failed with 1011, request timed out, no_answer.', 'times out when nobody answers'),
  observed('A busy SIP line is failed with 486 and the words of the INVITE.', 'is busy on a SIP trunk'),
  observed(
    'The termination reason tells end_call, voicemail_detection, the remote party or silence.',
    'tells how a conversation ended',
  ),
  observed('Without credit in mid-call the conversation fails with 1002.', 'runs out of credit in mid-call'),
  unverified(
    'An unknown path is {"detail":"Not Found"}, a wrong method 405 with Allow.',
    'tells a wrong path from a wrong method',
  ),
  unverified('The old path /twilio/outbound_call is gone.', 'does not know the underscore path'),
  unverified(
    'Over the plan the dial is 429 concurrent_limit_exceeded, with the limits of August 2025.',
    'refuses a call over the limit of the plan',
  ),
  unverified('Without credit the dial is 402 insufficient_credits.', 'refuses a call without credit'),
  unverified(
    'An override that the agent does not allow kills the conversation.',
    'lets a call die of an override that is not allowed',
  ),
  unverified(
    'A variable missing in the prompt alone kills the conversation too.',
    'lets a call die of a variable missing in the prompt',
  ),
  unverified(
    'Busy and declined on a Twilio line are told in metadata.error with the SIP code.',
    'is busy or declined on a Twilio line',
  ),
  unverified(
    'A call cancelled before the answer is a failed conversation; one hung up through Twilio ended by the remote party.',
    'ends the conversation of a call that Twilio ended',
  ),
  unverified(
    'The monitoring socket is refused with 403 below enterprise, tells the turns and ends a call.',
    'opens the monitoring socket to enterprise alone',
  ),
  unverified('The payload of answering_machine_detection.', 'tells the verdict on a machine by webhook'),
  unverified(
    'A body over 2 MB is 400 request_too_large, one that is not UTF-8 a plain 400.',
    'bounds and checks bodies',
  ),
  unverified('An unknown line is phone_number_not_found in the newer envelope.', 'knows no such line'),
];
