import { maskNumber } from '../../kernel/mask.ts';
import { listPhoneNumbers } from '../../wire/elevenlabs/phone-number.ts';
import { listIncomingNumbers } from '../../wire/twilio/incoming-number.ts';
import { linesRead } from './account-reads.ts';
import type { Check, CheckResult, Statement } from './check.ts';
import { readBody } from './read-answer.ts';
import { unreadable } from './trouble.ts';
import { numbersRead, seenAtTwilio } from './twilio-reads.ts';

export const twilioNumber: Check = {
  name: 'twilio-number',
  title: 'The numbers of the Twilio lines are owned and can speak',
  needs: ['twilio-account', 'lines'],
  async run(context): Promise<CheckResult> {
    const listed = readBody(await context.ask(linesRead), listPhoneNumbers.reply);
    if (listed.kind === 'unreadable') {
      return { status: 'skipped', summary: 'skipped because the lines could not be read', evidence: [] };
    }
    const lines = listed.value.filter(({ provider }) => provider === 'twilio');
    if (lines.length === 0) {
      return { status: 'skipped', summary: 'skipped because no line is one of Twilio', evidence: [] };
    }
    const request = numbersRead(context);
    const answer = await context.ask(request);
    const body = readBody(answer, listIncomingNumbers.reply);
    if (body.kind === 'unreadable') return unreadable(request, answer, 'the Twilio numbers', body.why);
    const owned = body.value.incoming_phone_numbers;
    const wanted = context.settings.elevenlabs.lineId;
    const checked = lines.map((line) => {
      const number = owned.find(({ phone_number }) => phone_number === line.phone_number);
      const problem = !number
        ? 'is not among the numbers of this Twilio account'
        : number.capabilities?.voice === false
          ? 'has no voice capability'
          : undefined;
      const configured =
        wanted === undefined || wanted === line.phone_number_id || wanted === line.phone_number;
      return { id: line.phone_number_id, shown: maskNumber(line.phone_number), problem, configured };
    });
    const evidence: Statement[] = [
      seenAtTwilio(request, answer),
      ...checked.map(
        ({ id, shown, problem }) =>
          ({ authority: 'live', text: `${id} ${shown} ${problem ?? 'is owned, with voice'}` }) as const,
      ),
    ];
    return judge(checked, evidence);
  },
};

function judge(
  checked: readonly { id: string; shown: string; problem: string | undefined; configured: boolean }[],
  evidence: readonly Statement[],
): CheckResult {
  const bad = checked.filter(({ problem }) => problem !== undefined);
  const facts = { numbers: checked.map(({ id, shown, problem }) => ({ line: id, number: shown, problem })) };
  if (bad.length === 0) {
    return { status: 'ok', summary: 'owned, with voice', evidence, facts };
  }
  // A line over another Twilio account still works; only its calls cannot be followed with these credentials.
  const silent = bad.some(({ configured, problem }) => configured && problem === 'has no voice capability');
  return {
    status: silent ? 'failed' : 'warning',
    summary: bad.map(({ id, problem }) => `${id} ${problem}`).join('; '),
    evidence,
    follows:
      'A line of another Twilio account can call, and its calls cannot be followed with these credentials.',
    fix: 'Use the credentials of the account that owns the number, or a number with voice (donna lines import).',
    facts,
  };
}
