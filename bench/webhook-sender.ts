// Sends signed webhooks for bench/intake.ts, from a process of its own: `node webhook-sender.mjs <url> <secret> <count> <parallel>`. Each is of
// another conversation. Prints how many a second were answered with 200.

import { createHmac } from 'node:crypto';
import http from 'node:http';

const [url = '', secret = '', countText = '', parallelText = ''] = process.argv.slice(2);
const [count, parallel] = [Number(countText), Number(parallelText)];
const agent = new http.Agent({ keepAlive: true, maxSockets: parallel });
const seconds = Math.floor(Date.now() / 1000);
const turns = Array.from({ length: 20 }, (_, index) => ({
  role: index % 2 ? 'user' : 'agent',
  message: `This is what was said in turn ${index} of the call, at some length.`,
  time_in_call_secs: index * 4,
}));

const deliveries = Array.from({ length: count }, (_, index) => {
  const body = JSON.stringify({
    type: 'post_call_transcription',
    event_timestamp: seconds,
    data: {
      agent_id: 'agent_1',
      conversation_id: `conv_${seconds}_${process.pid}_${index}`,
      status: 'done',
      transcript: turns,
      metadata: { start_time_unix_secs: seconds - 90, call_duration_secs: 80, cost: 700 },
      analysis: { call_successful: 'success', transcript_summary: 'They will pay on Friday.' },
      conversation_initiation_client_data: { dynamic_variables: { customer_name: 'Ada' } },
    },
  });
  const hash = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { body, signature: `t=${seconds},v0=${hash}` };
});

const startedMs = performance.now();
let next = 0;
await Promise.all(
  Array.from({ length: parallel }, async () => {
    for (let one = deliveries[next++]; one; one = deliveries[next++]) await send(one.body, one.signature);
  }),
);
process.stdout.write(`${(count * 1000) / (performance.now() - startedMs)}\n`);
agent.destroy();

function send(body: string, signature: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'elevenlabs-signature': signature,
    };
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`answered ${response.statusCode}`));
      });
    });
    request.on('error', reject).end(body);
  });
}
