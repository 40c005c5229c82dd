import type { DoctorInput, FinishedCheck } from '../../diagnosis/index.ts';
import { rootCause } from '../../diagnosis/index.ts';
import { authorityNames, checkMarks, countLine } from './checks.ts';

/** A diagnosis as a page of Markdown to paste into an issue. It holds no key, no token and no whole phone number. */
export function diagnosisReport(
  finished: readonly FinishedCheck[],
  input: Pick<DoctorInput, 'settings' | 'sandbox' | 'versions' | 'clock'>,
): string {
  return `${[
    '# Diagnosis of an ElevenLabs account for outbound calls',
    ...summary(finished, input.sandbox),
    ...cause(finished),
    ...steps(finished),
    ...fixes(finished),
    ...differences(finished),
    ...environment(input),
  ].join('\n')}\n`;
}

function summary(finished: readonly FinishedCheck[], sandbox: boolean): string[] {
  const failed = finished.filter(({ status }) => status === 'failed');
  const said =
    failed.length === 0
      ? 'Nothing that was checked stands in the way of a call.'
      : `${failed.length === 1 ? 'One check fails' : `${failed.length} checks fail`}: ${failed.map(({ name }) => name).join(', ')}.`;
  return [
    '',
    '## Summary',
    '',
    `${said} ${countLine(finished)}.`,
    ...(sandbox ? ['', 'This is the sandbox: pretended providers, no real account.'] : []),
  ];
}

function cause(finished: readonly FinishedCheck[]): string[] {
  const found = rootCause(finished);
  if (!found) {
    return [
      '',
      '## Root cause',
      '',
      'None found. If calls fail, look at the request itself: see the differences below.',
    ];
  }
  const { check, explains, besides } = found;
  return [
    '',
    '## Root cause',
    '',
    `**${check.name}**: ${plainText(check.summary)}`,
    ...(check.follows ? ['', plainText(check.follows)] : []),
    ...(explains.length > 0
      ? ['', `It also explains why these could not be checked: ${explains.join(', ')}.`]
      : []),
    ...(besides.length > 0 ? ['', `Failing besides, and perhaps because of it: ${besides.join(', ')}.`] : []),
  ];
}

function steps(finished: readonly FinishedCheck[]): string[] {
  return [
    '',
    '## Steps and results',
    ...finished.flatMap((check, index) => [
      '',
      `${index + 1}. ${checkMarks[check.status]} **${check.name}** (${check.title}): ${plainText(check.summary)}`,
      ...check.evidence.map(
        ({ authority, text }) => `    - ${authorityNames[authority]}: ${plainText(text)}`,
      ),
      ...(check.follows ? [`    - so: ${plainText(check.follows)}`] : []),
    ]),
  ];
}

function fixes(finished: readonly FinishedCheck[]): string[] {
  const open = finished.flatMap(({ status, name, fix }) =>
    (status === 'failed' || status === 'warning') && fix ? [{ status, name, fix }] : [],
  );
  const ordered = [...open].sort((a, b) => Number(a.status === 'warning') - Number(b.status === 'warning'));
  return [
    '',
    '## Fix',
    '',
    ...(ordered.length === 0
      ? ['Nothing to fix.']
      : ordered.map(({ status, name, fix }) => `- ${checkMarks[status]} ${name}: ${plainText(fix)}`)),
  ];
}

function differences(finished: readonly FinishedCheck[]): string[] {
  const rows = finished.flatMap((check) => check.differences ?? []);
  if (rows.length === 0) return [];
  return [
    '',
    '## Key differences',
    '',
    '| | wrong | right |',
    '|---|---|---|',
    ...rows.map(({ what, wrong, right }) => `| ${cell(what)} | ${cell(wrong)} | ${cell(right)} |`),
  ];
}

function environment({
  settings,
  versions,
  clock,
}: Pick<DoctorInput, 'settings' | 'versions' | 'clock'>): string[] {
  const set = (value: unknown) => (value ? 'set' : 'not set');
  return [
    '',
    '## Environment',
    '',
    `- time: ${new Date(clock.now()).toISOString()}`,
    ...Object.entries(versions).map(([name, version]) => `- ${name}: ${plainText(version)}`),
    `- ElevenLabs: ${new URL(settings.elevenlabs.baseUrl).origin}, key ${set(settings.elevenlabs.apiKey)}, agent ${set(settings.elevenlabs.agentId)}, line ${set(settings.elevenlabs.lineId)}`,
    `- Twilio: credentials ${set(settings.twilio?.authToken)}`,
    `- webhook secret: ${set(settings.webhookSecretSet)}`,
  ];
}

/** Text of others must not become markup of the page: no links, images, HTML or mentions. */
function plainText(text: string): string {
  return text.replace(/[\\`*[\]<>#|]/g, '\\$&').replaceAll('@', '@\u200b');
}

function cell(text: string): string {
  return plainText(text).replaceAll('\n', ' ');
}
