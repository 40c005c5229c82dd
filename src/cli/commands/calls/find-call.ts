import {
  type AttemptRecord,
  attemptRecords,
  type Reconciliation,
  reconcileAttempt,
} from '../../../calls/index.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { TwilioCall } from '../../../wire/twilio/call.ts';
import type { CallsWorld } from './calls-world.ts';
import { searchBySid } from './search-by-sid.ts';

/** What an id of any kind turned out to name. */
export type FoundCall =
  | {
      readonly kind: 'conversation';
      readonly conversationId: string;
      readonly callSid: string | undefined;
      /** The journal's attempt, when the call was placed from here. */
      readonly record: AttemptRecord | undefined;
      /** It was open until now, and was found by looking. */
      readonly adopted: boolean;
    }
  /** Twilio knows the call; no conversation of the account belongs to it. */
  | { readonly kind: 'carrier-only'; readonly call: TwilioCall; readonly why: string }
  | { readonly kind: 'not-placed'; readonly record: AttemptRecord }
  | { readonly kind: 'unknown'; readonly record: AttemptRecord; readonly looked: Reconciliation };

/**
 * Finds a call by its conversation id, Call SID, SIP call id or attempt id: in the journal first, then at the providers. An
 * attempt whose fate is open is looked for now, and adopted when it is found. Throws `not-found` with why.
 */
export async function findCall(world: CallsWorld, id: string): Promise<FoundCall> {
  const records = attemptRecords(await world.journal.read());
  if (/^conv_[\w-]{1,200}$/.test(id)) {
    const record = records.find((one) => one.ids.conversationId === id);
    return {
      kind: 'conversation',
      conversationId: id,
      callSid: record?.ids.callSid,
      record,
      adopted: false,
    };
  }
  if (/^att_\w{1,100}$/.test(id)) {
    const record = records.find((one) => one.attempt === id);
    if (record) return ofRecord(world, record);
    throw new AppError('not-found', `The journal on this machine has no attempt ${id}.`, {
      hint: world.sandbox
        ? 'Attempts of the sandbox have a journal of their own: donna calls list --sandbox --attempts.'
        : 'List what it has: donna calls list --attempts. An attempt of the sandbox needs --sandbox.',
    });
  }
  if (/^CA[0-9a-fA-F]{32}$/.test(id)) {
    const record = records.find((one) => one.ids.callSid === id);
    return record?.ids.conversationId ? ofRecord(world, record) : searchBySid(world, id);
  }
  const bySip = records.find((one) => one.ids.sipCallId === id);
  if (bySip) return ofRecord(world, bySip);
  if (/^call_\w{1,100}$/.test(id)) {
    throw new AppError(
      'not-found',
      `${id} is the id of a call of a Donna server, and none that runs here knows it.`,
      {
        hint: 'Start the server that has it (donna serve), or name it with --url or DONNA_URL.',
      },
    );
  }
  throw new AppError('bad-input', `"${printable(id, 60)}" is not the id of a call.`, {
    hint: 'Give conv_…, a Call SID (CA and 32 digits), or att_…; a SIP call id works for calls placed from here.',
  });
}

async function ofRecord(world: CallsWorld, record: AttemptRecord): Promise<FoundCall> {
  const { ids, state } = record;
  const found = { kind: 'conversation', record, callSid: ids.callSid } as const;
  if (ids.conversationId) return { ...found, conversationId: ids.conversationId, adopted: false };
  if (state === 'withdrawn' || state === 'not-placed') return { kind: 'not-placed', record };
  const looked = await reconcileAttempt(world, record);
  if (looked.kind !== 'found' || !looked.ids.conversationId) return { kind: 'unknown', record, looked };
  const { attempt } = record;
  const at = new Date(world.clock.now()).toISOString();
  await world.journal.append({ kind: 'accepted', attempt, at, ...looked.ids });
  return {
    ...found,
    conversationId: looked.ids.conversationId,
    callSid: looked.ids.callSid ?? ids.callSid,
    adopted: true,
  };
}
