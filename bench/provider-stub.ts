// The provider of the benches, in a process of its own so that it takes no time of theirs: an agent, a line, dials that are accepted at
// once, and conversations that are over, or never are. `node provider-stub.mjs '{"calls":"never-end"}'`; prints its port.
import http from 'node:http';
import type { StubSettings } from './world/stub-settings.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as StubSettings;
const dials: { atMs: number; refused: boolean }[] = [];
/** By our attempt id, for what asks when its request arrived. */
const arrivals: Record<string, number> = {};
let conversations = 0;

const agent = {
  agent_id: 'agent_1',
  name: 'Vera',
  conversation_config: { conversation: { max_duration_seconds: 600 } },
  platform_settings: {},
};
const line = {
  phone_number_id: 'phnum_1',
  phone_number: '+12125550100',
  label: 'Accounts payable',
  provider: 'twilio',
  supports_inbound: true,
  supports_outbound: true,
  assigned_agent: { agent_id: agent.agent_id, agent_name: agent.name },
};

function conversationOf(id: string) {
  const ended = settings.calls === 'end-at-once';
  return {
    agent_id: agent.agent_id,
    conversation_id: id,
    status: ended ? 'done' : 'in-progress',
    metadata: {
      start_time_unix_secs: 1_767_625_200,
      call_duration_secs: ended ? 18 : 0,
      cost: 210,
      cost_fiat: 0.02,
      termination_reason: ended ? 'Client disconnected' : null,
      phone_call: { type: 'twilio', direction: 'outbound', phone_number_id: line.phone_number_id },
    },
    analysis: ended ? { call_successful: 'success', transcript_summary: 'They will pay on Friday.' } : null,
    transcript: ended
      ? [
          { role: 'agent', message: 'Good morning, this is Vera.', time_in_call_secs: 1 },
          { role: 'user', message: 'Good morning. Who is speaking?', time_in_call_secs: 4 },
          { role: 'agent', message: 'Vera, about the invoice of March.', time_in_call_secs: 7 },
          { role: 'user', message: 'Yes, it will be paid on Friday.', time_in_call_secs: 12 },
        ]
      : [],
  };
}

const server = http.createServer((request, response) => {
  const answer = (status: number, body: unknown) => {
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  };
  const path = request.url?.split('?')[0] ?? '';
  if (request.method === 'POST') {
    const arrivedMs = performance.timeOrigin + performance.now();
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => answer(...dial(text, arrivedMs)));
    return;
  }
  request.resume();
  if (path === '/seen') answer(200, { dials, arrivals });
  else if (path.startsWith('/v1/convai/conversations/')) answer(200, conversationOf(path.slice(25)));
  else if (path === '/v1/convai/conversations') answer(200, { conversations: [], has_more: false });
  else if (path.startsWith('/v1/convai/agents/')) answer(200, agent);
  else if (path.startsWith('/v1/convai/phone-numbers/')) answer(200, line);
  else answer(404, { detail: { status: 'not_found', message: 'Nothing is there.' } });
});

/** With a limit, no more than that many in any second that has just passed. */
function dial(text: string, arrivedMs: number): [number, unknown] {
  const second = dials.filter(({ atMs, refused }) => !refused && atMs > arrivedMs - 1000).length;
  const refused = settings.dialsPerSecond !== undefined && second >= settings.dialsPerSecond;
  if (settings.dialsPerSecond !== undefined) dials.push({ atMs: arrivedMs, refused });
  if (refused)
    return [429, { detail: { status: 'rate_limit_exceeded', message: 'Too many requests a second.' } }];
  const attempt = /"donna_attempt_id":"(\w+)"/.exec(text)?.[1];
  if (attempt) arrivals[attempt] = arrivedMs;
  const number = String(++conversations).padStart(12, '0');
  return [
    200,
    {
      success: true,
      message: 'Success',
      conversation_id: `conv_${number}`,
      callSid: `CA${number.padStart(32, '0')}`,
    },
  ];
}

// Reads come over kept connections; the benches outlast the default of five seconds.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit());
