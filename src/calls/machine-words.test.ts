import { describe, expect, it } from 'vitest';
import { machineWords } from './machine-words.ts';

describe('machineWords', () => {
  it.each([
    ['Hi, you have reached Ada Moss. Please leave a message after the tone.', 'voicemail'],
    ["I can't come to the phone right now.", 'voicemail'],
    ['Your call has been forwarded to an automated voice messaging system.', 'voicemail'],
    ['The person you called is not available to take your call.', 'voicemail'],
    ['Bitte hinterlassen Sie eine Nachricht nach dem Signalton.', 'voicemail'],
    ['Laissez un message après le bip.', 'voicemail'],
    ['Deje su mensaje después de la señal.', 'voicemail'],
    ['Thank you for calling. For billing, press 2.', 'menu'],
    ['Your call is important to us.', 'menu'],
    ['[fax] (fax tone)', 'fax'],
  ])('hears a machine in "%s"', (words, kind) => {
    expect(machineWords([words])).toBe(kind);
  });

  it.each(['Hello?', 'Yes, this is Ada.', 'No, I am busy, call me tomorrow.', 'Who is this?'])(
    'hears a person in "%s"',
    (words) => {
      expect(machineWords([words])).toBeUndefined();
    },
  );

  it('does not mistake a person who speaks of a voicemail later on', () => {
    expect(
      machineWords(['Hello?', 'Yes.', 'You could also leave a message after the tone.']),
    ).toBeUndefined();
  });

  it('reads a greeting that was cut into two turns', () => {
    expect(machineWords(['Please leave', 'a message after the tone'])).toBe('voicemail');
  });

  it('hears nothing in silence', () => {
    expect(machineWords([])).toBeUndefined();
  });
});
