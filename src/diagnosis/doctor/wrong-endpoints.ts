import { endpointHistory } from '../endpoint-history.ts';
import { describeVerdict, type EndpointVerdict, endpointVerdict } from '../endpoint-verdict.ts';
import type { Check, CheckResult, Difference } from './check.ts';
import { liveWord } from './live-word.ts';
import type { ProbeRequest, WrongCallPath } from './probe.ts';
import { seen } from './read-answer.ts';

const RIGHT = 'POST /v1/convai/twilio/outbound-call';
const OTHER_LINES =
  'On a SIP trunk line it is POST /v1/convai/sip-trunk/outbound-call, on an Exotel line POST /v1/convai/exotel/outbound-call.';

/** Requests that people have sent to place a call. */
const wrong: readonly { readonly path: WrongCallPath; readonly shown: string; readonly instead: string }[] = [
  { path: '/v1/convai/conversation', shown: 'POST /v1/convai/conversation', instead: RIGHT },
  {
    path: '/v1/convai/conversations',
    shown: 'POST /v1/convai/conversations',
    instead: `${RIGHT}; GET on this path lists conversations`,
  },
  { path: '/v1/convai/conversation/phone', shown: 'POST /v1/convai/conversation/phone', instead: RIGHT },
  {
    path: '/v1/convai/phone-number/phnum_none/call',
    shown: 'POST /v1/convai/phone-number/{id}/call',
    instead: `${RIGHT}, with the line’s id in the body`,
  },
];

/** The old request field by field, for the report. */
const differences: readonly Difference[] = [
  ...wrong.map(({ shown, instead }) => ({ what: 'endpoint', wrong: shown, right: instead })),
  { what: 'endpoint', wrong: 'the same one for each line', right: OTHER_LINES },
  { what: 'line', wrong: '{id} in the path', right: 'agent_phone_number_id in the body (phnum_…)' },
  { what: 'number to call', wrong: 'to_phone_number', right: 'to_number (E.164, such as +12125550142)' },
  {
    what: 'variables',
    wrong: 'dynamic_variables at the root of the body (dropped in silence)',
    right: 'conversation_initiation_client_data.dynamic_variables',
  },
  {
    what: 'reply',
    wrong: '2xx taken for success',
    right: 'success, conversation_id and callSid or sip_call_id read',
  },
];

export const wrongEndpoints: Check = {
  name: 'wrong-endpoints',
  title: 'Endpoints that people use in error, and what to use instead',
  needs: ['tls'],
  async run({ ask }): Promise<CheckResult> {
    const asked = await Promise.all(
      wrong.map(async ({ path, shown, instead }) => {
        const request: ProbeRequest = { method: 'POST', provider: 'elevenlabs', path };
        const answer = await ask(request);
        const verdict = endpointVerdict('POST', path, liveWord(answer), endpointHistory);
        const said = describeVerdict(verdict, endpointHistory);
        const statement = { authority: 'document', text: `${shown} ${said}. Use ${instead}.` } as const;
        return { shown, instead, verdict, statement, seen: seen(request, answer) };
      }),
    );
    const odd = asked.filter(({ verdict }) => !isAbsent(verdict));
    return {
      status: odd.length === 0 ? 'ok' : 'warning',
      summary:
        odd.length === 0
          ? 'none of the four places a call'
          : odd
              .map(({ shown, verdict }) => `${shown} ${describeVerdict(verdict, endpointHistory)}`)
              .join('; '),
      evidence: [
        ...asked.flatMap((one) => [one.seen, one.statement]),
        { authority: 'document', text: OTHER_LINES },
      ],
      follows: 'If your code uses one of these, that is the cause.',
      ...(odd.length === 0 ? {} : { fix: `Do not use them to place calls all the same: use ${RIGHT}.` }),
      differences,
      facts: {
        endpoints: asked.map(({ shown, instead, verdict }) => ({ endpoint: shown, verdict, instead })),
      },
    };
  },
};

function isAbsent(verdict: EndpointVerdict): boolean {
  return verdict.kind === 'never-existed' || verdict.kind === 'removed';
}
