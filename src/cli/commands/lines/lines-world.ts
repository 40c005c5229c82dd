import type { VoiceProvider } from '../../../calls/index.ts';
import type { ImportPhoneNumberBody } from '../../../wire/elevenlabs/phone-number.ts';
import type { IncomingNumber } from '../../../wire/twilio/incoming-number.ts';
import type { Prompter } from '../../prompter.ts';

export interface TwilioCredentials {
  readonly accountSid: string;
  readonly authToken: string;
}

/** What `donna lines` needs of the world. */
export interface LinesWorld {
  readonly sandbox: boolean;
  readonly provider: Pick<VoiceProvider, 'lines'>;
  readonly defaults: { readonly from: string | undefined };
  /** As configured; a person is asked where they are not. */
  readonly twilio: TwilioCredentials | undefined;
  readonly sipPassword: string | undefined;
  readonly prompter: Prompter;
  /** The number as the Twilio account owns it. Throws AppError where the credentials are refused. */
  ownedNumber(credentials: TwilioCredentials, number: string): Promise<IncomingNumber | undefined>;
  /** Resolves to the new line's id. */
  importLine(body: ImportPhoneNumberBody): Promise<string>;
  close(): Promise<void>;
}

export type OpenLinesWorld = (choice: { sandbox: boolean }) => Promise<LinesWorld>;
