// `npm run test:live`: the journey of a call on a real account. Rings a real phone and costs money, so every part is named by hand.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const needed = {
  ELEVENLABS_API_KEY: 'the key of the account',
  ELEVENLABS_AGENT_ID: 'the agent that speaks',
  ELEVENLABS_PHONE_NUMBER_ID: 'the line to call from (phnum_…)',
  DONNA_LIVE_TEST_TO: 'the number to ring: your own phone',
};
const missing = Object.entries(needed).filter(([name]) => !process.env[name]);
if (missing.length > 0) {
  console.error('npm run test:live rings a real phone. Set these, then run it again:');
  for (const [name, meaning] of missing) console.error(`  ${name.padEnd(27)} ${meaning}`);
  console.error(
    'Variables of the agent go into DONNA_LIVE_TEST_VARS as JSON, such as {"customer_name":"Ada"}.',
  );
  process.exit(2);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const done = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.live.config.ts'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
