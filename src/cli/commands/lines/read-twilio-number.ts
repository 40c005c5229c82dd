import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { ImportPhoneNumberBody } from '../../../wire/elevenlabs/phone-number.ts';
import type { Cli } from '../../cli.ts';
import type { LinesWorld, TwilioCredentials } from './lines-world.ts';
import type { ImportOptions } from './read-trunk.ts';

/** A number of a Twilio account, which Twilio itself has confirmed: owned, and able to call. */
export async function readTwilioNumber(
  cli: Cli,
  world: LinesWorld,
  number: string,
  options: ImportOptions & { asks: boolean },
): Promise<ImportPhoneNumberBody> {
  const credentials = world.twilio ?? (options.asks ? await ask(world) : undefined);
  if (!credentials) {
    throw new AppError('bad-config', 'The Twilio account of the number is not known.', {
      hint: 'Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (environment or .env), or run this on a terminal, which asks.',
    });
  }
  const owned = await world.ownedNumber(credentials, number);
  if (!owned) {
    throw new AppError('not-found', `The Twilio account ${credentials.accountSid} does not own ${number}.`, {
      hint: 'Nothing was sent. Check the number, and that the SID is of the subaccount that owns it.',
    });
  }
  if (owned.capabilities?.voice !== true) {
    throw new AppError('not-possible', `${number} cannot make calls: Twilio says that it has no voice.`, {
      hint: 'Nothing was sent. Choose a number with the capability voice in the Twilio console.',
    });
  }
  if (owned.voice_url) {
    cli.err(
      `! Calls that come in to ${number} go to ${printable(owned.voice_url, 200)} now; ElevenLabs will take them over.`,
    );
  }
  if (owned.trunk_sid) {
    cli.err(
      `! ${number} belongs to the Elastic SIP trunk ${printable(owned.trunk_sid)}; Twilio ignores webhooks on such numbers.`,
    );
  }
  return {
    provider: 'twilio',
    phone_number: number,
    label: options.label ?? (owned.friendly_name || number),
    sid: credentials.accountSid,
    token: credentials.authToken,
  };
}

async function ask({ prompter }: LinesWorld): Promise<TwilioCredentials | undefined> {
  const accountSid = await prompter.text('Account SID of Twilio', { placeholder: 'AC…' });
  if (accountSid === undefined) return undefined;
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid)) {
    throw new AppError('bad-input', 'That is not an Account SID: AC and 32 hexadecimal digits.');
  }
  const authToken = await prompter.secret('Auth Token of that account');
  return authToken === undefined ? undefined : { accountSid, authToken };
}
