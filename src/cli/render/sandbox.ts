import { printable } from '../../kernel/printable.ts';
import type { RunningSandbox } from '../commands/sandbox.ts';
import type { Styles } from './styles.ts';

/** What somebody needs to use a sandbox that runs: address, credentials, ids, and a first request. */
export function runningLines(running: RunningSandbox, style: Styles): string[] {
  const { url, apiKey, plan, twilio, agents, lines } = running;
  const field = (name: string, value: string) => `${`${name}:`.padEnd(13)} ${printable(value)}`;
  const agent = agents[0]?.id ?? 'agent_…';
  const line = lines.find(({ provider }) => provider === 'twilio') ?? lines[0];
  return [
    style.bold(`The sandbox listens at ${url}`),
    field('API key', `${apiKey} (plan ${plan})`),
    field('Twilio SID', twilio.accountSid),
    field('Twilio token', twilio.authToken),
    ...agents.map(({ id, name }) => field('agent', `${id} ${name}`)),
    ...lines.map(({ id, number, provider }) => field('line', `${id} ${number} (${provider})`)),
    field('document', `${url}/openapi.json`),
    '',
    'A first call:',
    `  curl -s ${url}/v1/convai/${endpoint(line?.provider)}/outbound-call -H ${shellWord(`xi-api-key: ${apiKey}`)} -H 'content-type: application/json' \\`,
    `    -d ${shellWord(JSON.stringify({ agent_id: agent, agent_phone_number_id: line?.id ?? 'phnum_…', to_number: '+12125550110' }))}`,
    '',
    'Donna against it:',
    `  ELEVENLABS_BASE_URL=${url} ELEVENLABS_API_KEY=${shellWord(apiKey)} TWILIO_BASE_URL=${url} \\`,
    `    TWILIO_ACCOUNT_SID=${twilio.accountSid} TWILIO_AUTH_TOKEN=${shellWord(twilio.authToken)} \\`,
    `    donna call +12125550110 --agent ${agent} --from ${line?.id ?? 'phnum_…'}`,
  ];
}

function endpoint(provider: string | undefined): string {
  return provider === 'sip_trunk' ? 'sip-trunk' : (provider ?? 'twilio');
}

/** One word for a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w.:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
