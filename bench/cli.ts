// `npm run bench:cli`: one `donna call --json --no-wait --again` beside the same call by the official SDK in ten lines and by a bare
// fetch, as whole processes against one running sandbox. Prints medians and their ratios; exits 1 beyond the aims.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { realClock } from '../src/kernel/clock.ts';
import { realRandomBytes } from '../src/kernel/ids.ts';
import { createNodeFetch } from '../src/providers/node-fetch.ts';
import { createSandbox, demo, demoAccount } from '../src/sandbox/index.ts';

const RUNS = 15;
const AIMS = { wallOfSdk: 0.35, memoryOfSdk: 0.6, wallOfFetch: 1.5 };
const root = process.cwd();
const to = '+12125550142';

const state = demoAccount();
const sandbox = await createSandbox({
  clock: realClock,
  randomBytes: realRandomBytes,
  fetch: createNodeFetch({ connectTimeoutMs: 5_000, replyTimeoutMs: 5_000 }),
  // Every run places a call that lasts twenty seconds: the plan must hold them all.
  state: { ...state, account: { ...state.account, plan: 'enterprise', character_limit: 1e9 } },
});
const { url, close } = await sandbox.listen();
const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-bench-'));
// Inside the project, so that the SDK resolves.
const scripts = await mkdtemp(path.join(root, 'node_modules', '.bench-'));

const reportMemory = path.join(scripts, 'memory.cjs');
await writeFile(
  reportMemory,
  `process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)));\n`,
);
const sdk = path.join(scripts, 'sdk.mjs');
await writeFile(
  sdk,
  `import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
const client = new ElevenLabsClient({ apiKey: '${demo.apiKey}', baseUrl: '${url}' });
const call = await client.conversationalAi.twilio.outboundCall({
  agentId: '${demo.agentId}',
  agentPhoneNumberId: '${demo.twilioLineId}',
  toNumber: '${to}',
  conversationInitiationClientData: { dynamicVariables: { customer_name: 'Ada' } },
});
console.log(JSON.stringify(call));
`,
);
const bare = path.join(scripts, 'fetch.mjs');
await writeFile(
  bare,
  `const reply = await fetch('${url}/v1/convai/twilio/outbound-call', {
  method: 'POST',
  headers: { 'xi-api-key': '${demo.apiKey}', 'content-type': 'application/json' },
  body: JSON.stringify({ agent_id: '${demo.agentId}', agent_phone_number_id: '${demo.twilioLineId}', to_number: '${to}',
    conversation_initiation_client_data: { dynamic_variables: { customer_name: 'Ada' } } }),
});
console.log(JSON.stringify(await reply.json()));
`,
);

const donnaArguments = ['call', to, '--var', 'customer_name=Ada', '--json', '--no-wait', '--again'];
const peers: Record<string, string[]> = {
  donna: [path.join(root, 'dist', 'donna.js'), ...donnaArguments],
  'official SDK': [sdk],
  'bare fetch': [bare],
};

interface Run {
  readonly wallMs: number;
  readonly memoryKb: number;
}

function run(file: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ['--require', reportMemory, ...file], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        DONNA_DATA_DIR: folder,
        ELEVENLABS_API_KEY: demo.apiKey,
        ELEVENLABS_BASE_URL: url,
        ELEVENLABS_AGENT_ID: demo.agentId,
        ELEVENLABS_PHONE_NUMBER_ID: demo.twilioLineId,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    let memory = '';
    child.stdout?.on('data', (data) => said.push(String(data)));
    child.stderr?.on('data', (data) => said.push(String(data)));
    child.stdio[3]?.on('data', (data) => {
      memory += String(data);
    });
    child.on('close', (code) => {
      const wallMs = performance.now() - started;
      if (code !== 0 || !said.join('').includes('conv_'))
        reject(new Error(`${file.join(' ')} ended with ${code}:\n${said.join('')}`));
      else resolve({ wallMs, memoryKb: Number(memory) });
    });
  });
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

try {
  const runs: Record<string, Run[]> = {};
  // Turn by turn, so that a slow moment of the machine strikes all alike; the first round warms the disk.
  for (let round = 0; round <= RUNS; round++) {
    for (const [name, file] of Object.entries(peers)) {
      const result = await run(file);
      if (round > 0) runs[name] = [...(runs[name] ?? []), result];
    }
  }
  const wall = (name: string) => median((runs[name] ?? []).map((one) => one.wallMs));
  const memory = (name: string) => median((runs[name] ?? []).map((one) => one.memoryKb)) / 1024;
  for (const name of Object.keys(peers))
    console.log(
      `${name.padEnd(13)} ${wall(name).toFixed(0).padStart(6)} ms ${memory(name).toFixed(0).padStart(5)} MB`,
    );
  const ratios = {
    wallOfSdk: wall('donna') / wall('official SDK'),
    memoryOfSdk: memory('donna') / memory('official SDK'),
    wallOfFetch: wall('donna') / wall('bare fetch'),
  };
  for (const [name, ratio] of Object.entries(ratios)) {
    const aim = AIMS[name as keyof typeof AIMS];
    console.log(`${name.padEnd(13)} ${ratio.toFixed(2)} (aim: at most ${aim})`);
    if (ratio > aim) process.exitCode = 1;
  }
} finally {
  await close();
  await rm(folder, { recursive: true, force: true });
  await rm(scripts, { recursive: true, force: true });
}
