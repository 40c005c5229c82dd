import { lastFour } from '../../../kernel/mask.ts';
import { printable } from '../../../kernel/printable.ts';
import type { ImportPhoneNumberBody } from '../../../wire/elevenlabs/phone-number.ts';

/** What is about to be sent, without a secret. */
export function importPreview(body: ImportPhoneNumberBody): string[] {
  const head = [
    'To be sent: POST /v1/convai/phone-numbers',
    `  phone_number: ${body.phone_number}`,
    `  label: ${printable(body.label)}`,
    `  provider: ${body.provider}`,
  ];
  if (body.provider === 'twilio')
    return [...head, `  sid: ${printable(body.sid)}`, `  token: ${lastFour(body.token)}`];
  if (body.provider !== 'sip_trunk') return head;
  const trunk = body.outbound_trunk_config;
  return [
    ...head,
    '  outbound_trunk_config:',
    `    address: ${printable(trunk?.address ?? '')}`,
    ...(trunk?.transport ? [`    transport: ${trunk.transport}`] : []),
    ...(trunk?.media_encryption ? [`    media_encryption: ${trunk.media_encryption}`] : []),
    ...(trunk?.credentials
      ? [
          `    credentials: ${printable(trunk.credentials.username)}, ${trunk.credentials.password ? 'with a password' : 'without a password'}`,
        ]
      : ['    credentials: none, the trunk knows ElevenLabs by its address']),
  ];
}
