import { AppError } from '../../../kernel/errors.ts';
import { nearest } from '../../../kernel/nearest.ts';
import { printable } from '../../../kernel/printable.ts';
import type { ImportPhoneNumberBody } from '../../../wire/elevenlabs/phone-number.ts';
import type { LinesWorld } from './lines-world.ts';

/** The options of `donna lines import` as commander hands them over. */
export interface ImportOptions {
  readonly twilio?: string;
  readonly sip?: string;
  readonly label?: string;
  readonly address?: string;
  readonly transport?: string;
  readonly mediaEncryption?: string;
  readonly username?: string;
  readonly yes?: boolean;
  readonly sandbox?: boolean;
  readonly json?: boolean;
}

const transports = ['auto', 'udp', 'tcp', 'tls'] as const;
const encryptions = ['disabled', 'allowed', 'required'] as const;

/** A SIP trunk from its options, with the password from the settings or a person. */
export async function readTrunk(
  world: LinesWorld,
  number: string,
  options: ImportOptions & { asks: boolean },
): Promise<ImportPhoneNumberBody> {
  const { username } = options;
  const address = readAddress(options.address);
  const transport = oneOf('--transport', options.transport, transports);
  const encryption = oneOf('--media-encryption', options.mediaEncryption, encryptions);
  let password: string | undefined;
  if (username !== undefined) {
    if (!/^[\x21-\x7e]{1,200}$/.test(username)) {
      throw new AppError('bad-input', '--username is not a name: printable characters without spaces.');
    }
    password =
      world.sipPassword ??
      (options.asks ? await world.prompter.secret(`Password of ${username} at ${address}`) : undefined);
    if (password === undefined) {
      throw new AppError('bad-config', `The password of ${username} is missing.`, {
        hint: 'Set DONNA_SIP_PASSWORD (environment or .env), or run this on a terminal, which asks.',
      });
    }
  }
  return {
    provider: 'sip_trunk',
    phone_number: number,
    label: options.label ?? number,
    supports_outbound: true,
    outbound_trunk_config: {
      address,
      ...(transport ? { transport } : {}),
      ...(encryption ? { media_encryption: encryption } : {}),
      ...(username !== undefined && password !== undefined ? { credentials: { username, password } } : {}),
    },
  };
}

function readAddress(text: string | undefined): string {
  if (text === undefined) {
    throw new AppError('bad-input', '--address is missing: where the trunk takes calls.', {
      hint: 'Such as --address sip.example.com, or sip.example.com:5061.',
    });
  }
  if (/^[A-Za-z0-9]([A-Za-z0-9.-]{0,252})(:\d{1,5})?$/.test(text)) return text;
  throw new AppError('bad-input', `--address: "${printable(text, 60)}" is not a host.`, {
    hint: 'Give host or host:port, without sip: and without a user: sip.example.com:5061.',
  });
}

function oneOf<const Name extends string>(
  option: string,
  text: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (text === undefined) return undefined;
  const found = names.find((name) => name === text);
  if (found) return found;
  const near = nearest(text, names);
  throw new AppError('bad-input', `${option}: "${printable(text, 60)}" is not one of ${names.join(', ')}.`, {
    hint: near ? `Did you mean ${near}?` : undefined,
  });
}
