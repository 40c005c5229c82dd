import { blocked } from './blocked.ts';
import { busy } from './busy.ts';
import type { ScriptedCallee } from './callee.ts';
import { chats } from './chats.ts';
import { confirms } from './confirms.ts';
import { declined } from './declined.ts';
import { denies } from './denies.ts';
import { fax } from './fax.ts';
import { geoPermission } from './geo-permission.ts';
import { hangsUp } from './hangs-up.ts';
import { invalidNumber } from './invalid-number.ts';
import { later } from './later.ts';
import { noAnswer } from './no-answer.ts';
import { noComplianceProfile } from './no-compliance-profile.ts';
import { optsOut } from './opts-out.ts';
import { phoneMenu } from './phone-menu.ts';
import { saysNothing } from './says-nothing.ts';
import { unavailable } from './unavailable.ts';
import { unverifiedOnTrial } from './unverified-on-trial.ts';
import { voicemail } from './voicemail.ts';
import { wrongPerson } from './wrong-person.ts';

/** Every callee, in the order in which they are listed; the last one answers any other number. */
export const callees: readonly ScriptedCallee[] = [
  confirms,
  denies,
  wrongPerson,
  later,
  optsOut,
  voicemail,
  phoneMenu,
  fax,
  busy,
  noAnswer,
  declined,
  hangsUp,
  saysNothing,
  invalidNumber,
  unverifiedOnTrial,
  geoPermission,
  blocked,
  unavailable,
  noComplianceProfile,
  chats,
];

/**
 * Chosen by the last four digits, in any area code. Only numbers that end in 555-01xx choose: a number that
 * somebody types in earnest gets the ordinary callee.
 */
export function calleeFor(number: string): ScriptedCallee {
  const suffix = /555(01\d\d)$/.exec(number)?.[1];
  return callees.find((callee) => suffix !== undefined && callee.suffixes.includes(suffix)) ?? chats;
}
