// Writes docs/guide/root-cause-404.md: what `donna explain --format md --check` says of the seed case, and the case replayed on the
// sandbox, request by request. Run it by `npm run docs:root-cause`.
import { writeFileSync } from 'node:fs';
import { createFollowCall } from '../src/calls/index.ts';
import { endpointHistory } from '../src/diagnosis/endpoint-history.ts';
import type { SentRequest } from '../src/diagnosis/exchange/exchange.ts';
import { explain } from '../src/diagnosis/explain.ts';
import type { EndpointPast } from '../src/diagnosis/explanation.ts';
import { proveConformance } from '../src/diagnosis/prove-conformance.ts';
import { markdownPage } from '../src/diagnosis/report/markdown.ts';
import { readApiDocument } from '../src/diagnosis/spec/read-api-document.ts';
import { wireDocument } from '../src/diagnosis/spec/wire-document.ts';
import { fasterClock, realClock } from '../src/kernel/clock.ts';
import { realRandomBytes } from '../src/kernel/ids.ts';
import { createElevenLabsClient } from '../src/providers/elevenlabs/client.ts';
import { createVoiceProvider } from '../src/providers/elevenlabs/voice-provider.ts';
import { createNodeFetch } from '../src/providers/node-fetch.ts';
import { createSandbox, demo } from '../src/sandbox/index.ts';

const clock = fasterClock(realClock, 50);
const fetch = createNodeFetch({ connectTimeoutMs: 5_000, replyTimeoutMs: 5_000 });
const sandbox = await createSandbox({ clock, randomBytes: realRandomBytes, fetch });
const { url, close } = await sandbox.listen();
const client = createElevenLabsClient(fetch, { baseUrl: url, apiKey: demo.apiKey });
const followCall = createFollowCall({ provider: createVoiceProvider(client, url), clock });

const to = '+12125550142';
const old = { agent_id: demo.agentId, to_phone_number: to, dynamic_variables: { customer_name: 'Ada' } };
const right = { agent_id: demo.agentId, agent_phone_number_id: demo.twilioLineId, to_number: to };
const dialPath = '/v1/convai/twilio/outbound-call';

interface Step {
  readonly title: string;
  readonly path: string;
  readonly body: unknown;
  readonly shows: string;
}

const sent: Step = {
  title: 'The request as it was sent',
  path: `/v1/convai/phone-number/${demo.twilioLineId}/call`,
  body: old,
  shows:
    'No such path: not a wrong id, not a missing right. The key, the agent and the line are not the cause.',
};

const between: readonly Step[] = [
  {
    title: 'The right path with the old body',
    path: dialPath,
    body: old,
    shows:
      'The endpoint exists. It names what is missing, and says nothing of the two fields that it dropped.',
  },
  {
    title: 'The right fields, the variables still at the root',
    path: dialPath,
    body: { ...right, dynamic_variables: { customer_name: 'Ada' } },
    shows: 'The call is placed, and the variable is gone without a word: the callee hears the placeholder.',
  },
];

async function post(path: string, body: unknown): Promise<{ status: number; text: string }> {
  const reply = await fetch({
    method: 'POST',
    url: url + path,
    headers: { 'xi-api-key': demo.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: reply.status, text: new TextDecoder().decode(reply.body) };
}

const ids = (text: string) => text.replace(/conv_\w+/g, 'conv_…').replace(/CA[0-9a-f]{32}/g, 'CA…');

async function firstWords(body: string): Promise<string> {
  const { conversation_id: conversationId } = JSON.parse(body) as { conversation_id?: string };
  if (!conversationId) return '';
  for await (const event of followCall({ conversationId })) {
    if (event.kind === 'ended') return event.report.transcript[0]?.text ?? '';
  }
  return '';
}

const told: string[] = [];
let letter = 'A'.charCodeAt(0);
async function tell({ title, path, body, shows }: Step): Promise<{ status: number; text: string }> {
  const reply = await post(path, body);
  const heard = reply.status === 200 ? await firstWords(reply.text) : '';
  told.push(
    `### ${String.fromCharCode(letter++)}. ${title}`,
    '',
    '```',
    `POST ${path}`,
    JSON.stringify(body),
    '',
    `${reply.status} ${ids(reply.text)}`,
    ...(heard ? ['', `the agent says: ${heard}`] : []),
    '```',
    '',
    shows,
    '',
  );
  return reply;
}

function pastOf(method: string, path: string): EndpointPast {
  const { oldest, newest } = endpointHistory;
  const { endpoint: _endpoint, ...facts } = endpointHistory.find(method, path) ?? { endpoint: '' };
  return { oldest, newest, ...facts, evidence: [] };
}

const reply = await tell(sent);
const request: SentRequest = {
  method: 'POST',
  scheme: 'https',
  host: 'api.elevenlabs.io',
  path: sent.path,
  query: [],
  headers: [['xi-api-key', demo.apiKey]],
  contentType: 'application/json',
  body: { kind: 'json', value: sent.body },
};
const document = readApiDocument(wireDocument('elevenlabs'), { kind: 'wire', name: 'src/wire' });
const received = { status: reply.status, body: JSON.parse(reply.text) as unknown };
const explanation = explain({ request, reply: received }, [document], { pastOf });
const corrected = explanation.fix?.request;
if (corrected?.body.kind !== 'json' || corrected.path !== dialPath)
  throw new Error(`the seed case is explained otherwise:\n${explanation.answer.join('\n')}`);

for (const step of between) await tell(step);
const fixed = await tell({
  title: 'The corrected request',
  path: corrected.path,
  body: corrected.body.value,
  shows: 'The call is placed, and the callee hears the variable.',
});
await close();
fetch.close();

const conforms = proveConformance(explanation, [document]);
const page = markdownPage(explanation, {
  ...(conforms ? { conforms } : {}),
  sandbox: {
    before: reply.status,
    after: fixed.status,
    what: 'Each request is below, under “On the sandbox”.',
  },
  notDone: { probed: 'This page is made without an account.' },
});

const replayed = `## On the sandbox

What each change does, from the request as it was sent to the corrected one. On a SIP trunk line the endpoint is \`POST /v1/convai/sip-trunk/outbound-call\`,
on an Exotel line \`POST /v1/convai/exotel/outbound-call\`.

${told.join('\n')}`;

const [title = '', ...rest] = page.split('\n');
const before = rest.indexOf('## What is not certain');
if (before === -1) throw new Error('the page has lost a section');
writeFileSync(
  'docs/guide/root-cause-404.md',
  [
    title,
    '',
    'Written by `npm run docs:root-cause`: `donna explain --format md` of the request that this project began with, and its replay on the sandbox.',
    ...rest.slice(0, before),
    replayed,
    ...rest.slice(before),
  ].join('\n'),
);
console.log('wrote docs/guide/root-cause-404.md');
