// Writes docs/guide/root-cause-404.md: the seed case replayed on the sandbox, request by request, and what `donna diagnose` says of the endpoints. Run it
// after a build: `npm run docs:root-cause`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createFollowCall } from '../src/calls/index.ts';
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
  readonly request: string;
  readonly body: unknown;
  readonly shows: string;
}

const steps: readonly Step[] = [
  {
    title: 'The request as it was sent',
    request: `/v1/convai/phone-number/${demo.twilioLineId}/call`,
    body: old,
    shows:
      'No such path: not a wrong id, not a missing right. The key, the agent and the line are not the cause.',
  },
  {
    title: 'The right path with the old body',
    request: dialPath,
    body: old,
    shows:
      'The endpoint exists. It names what is missing, and says nothing of the two fields that it dropped.',
  },
  {
    title: 'The right fields, the variables still at the root',
    request: dialPath,
    body: { ...right, dynamic_variables: { customer_name: 'Ada' } },
    shows: 'The call is placed, and the variable is gone without a word: the callee hears the placeholder.',
  },
  {
    title: 'The right request',
    request: dialPath,
    body: { ...right, conversation_initiation_client_data: { dynamic_variables: { customer_name: 'Ada' } } },
    shows: 'The call is placed, and the callee hears the variable.',
  },
];

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
for (const [index, step] of steps.entries()) {
  const reply = await fetch({
    method: 'POST',
    url: url + step.request,
    headers: { 'xi-api-key': demo.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(step.body),
  });
  const body = new TextDecoder().decode(reply.body);
  const heard = reply.status === 200 ? await firstWords(body) : '';
  told.push(
    `### ${index + 1}. ${step.title}`,
    '',
    '```',
    `POST ${step.request}`,
    JSON.stringify(step.body),
    '',
    `${reply.status} ${ids(body)}`,
    ...(heard ? ['', `the agent says: ${heard}`] : []),
    '```',
    '',
    step.shows,
    '',
  );
}
await close();
fetch.close();

const folder = mkdtempSync(path.join(os.tmpdir(), 'donna-page-'));
const report = path.join(folder, 'report.md');
const diagnosed = spawnSync(
  process.execPath,
  [
    'dist/donna.js',
    'diagnose',
    '--sandbox',
    '--only',
    'call-endpoints',
    'wrong-endpoints',
    '--report',
    report,
  ],
  { env: { PATH: process.env.PATH, DONNA_DATA_DIR: folder }, encoding: 'utf8' },
);
if (diagnosed.status !== 0)
  throw new Error(`donna diagnose ended with ${diagnosed.status}:\n${diagnosed.stderr}`);
// One level down: the report becomes a part of this page.
const diagnosis = readFileSync(report, 'utf8').replace(/^#/gm, '##').trimEnd();
rmSync(folder, { recursive: true, force: true });

writeFileSync(
  'docs/guide/root-cause-404.md',
  `# Root cause: every outbound call answers 404

Written by \`npm run docs:root-cause\`, which replays the case on the sandbox and runs \`donna diagnose\`.

## Summary

- **Problem**: every outbound call through ElevenLabs answers \`404 {"detail":"Not Found"}\`.
- **Cause**: the endpoint never existed, and three more parts of the request were wrong behind it: the line's id in the path, \`to_phone_number\`, and \`dynamic_variables\` at the root.
- **Solution**: \`POST ${dialPath}\` with \`agent_phone_number_id\`, \`to_number\` and the variables inside \`conversation_initiation_client_data\`. On a SIP trunk line it is
  \`POST /v1/convai/sip-trunk/outbound-call\`, on an Exotel line \`POST /v1/convai/exotel/outbound-call\`.

## Steps, and what each showed

${told.join('\n')}
## How to verify

\`./donna diagnose\` (places no call), then \`./donna call <your own number>\`: exit code 0 and a transcript that speaks the variables.

${diagnosis}
`,
);
console.log('wrote docs/guide/root-cause-404.md');
