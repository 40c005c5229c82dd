import { AppError } from '../../../kernel/errors.ts';
import { lastFour } from '../../../kernel/mask.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { givenUp } from './given-up.ts';
import type { Chosen, InitWorld } from './init-world.ts';

const TRIES = 3;

/** Twilio's credentials, when the person has and wants them: with them ringing and hanging up are known and possible. */
export async function askTwilio(cli: Cli, world: InitWorld): Promise<Chosen> {
  const { prompter, current } = world;
  const wanted = await cli.confirm(
    'Add Twilio credentials? They are optional: with them Donna sees the phone ring and can hang up.',
  );
  if (wanted === undefined) return givenUp();
  if (!wanted) return {};
  const { twilio } = current;
  let kept =
    twilio && (await cli.confirm(`Keep ${lastFour(twilio.accountSid)}?`)) === true ? twilio : undefined;
  for (let tries = 1; tries <= TRIES; tries++) {
    const accountSid =
      kept?.accountSid ?? (await prompter.text('Account SID of Twilio', { placeholder: 'AC…' })) ?? givenUp();
    if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid)) {
      cli.err('That is not an Account SID: AC and 32 hexadecimal digits.');
      continue;
    }
    const authToken = kept?.authToken ?? (await prompter.secret('Auth Token of that account')) ?? givenUp();
    kept = undefined;
    try {
      const { name, status, type } = await world.twilioAccount({ accountSid, authToken });
      cli.err(
        `Twilio accepts them: ${printable(name)}, ${printable(status)}${type ? `, ${printable(type)}` : ''}.`,
      );
      if (type === 'Trial')
        cli.err('! A trial account rings only numbers that were verified in its console.');
      return { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken };
    } catch (error) {
      const status = error instanceof AppError ? error.exchange?.status : undefined;
      if (!(error instanceof AppError) || (status !== 401 && status !== 404)) throw error;
      cli.err(printable(error.message));
    }
  }
  throw new AppError('bad-config', `No Twilio credentials worked after ${TRIES} tries.`);
}
