import type {
  CallRequest,
  FollowCallEvent,
  FollowedCall,
  PlaceCallEvent,
  Placement,
} from '../calls/index.ts';
import { AppError } from '../kernel/errors.ts';
import { type PhoneNumber, parsePhoneNumber } from '../kernel/phone-number.ts';
import { type ClientData, clientData, type DynamicVariables } from '../wire/elevenlabs/client-data.ts';
import { readSettingsWith, type Settings, type settingsSchema } from './config.ts';
import { createCallWorld, openAccounts } from './world.ts';

export type {
  CallReport,
  CallState,
  FollowCallEvent,
  FollowedCall,
  Outcome,
  PlaceCallEvent,
} from '../calls/index.ts';
export type { ErrorCode } from '../kernel/error-codes.ts';
export { AppError } from '../kernel/errors.ts';
export type { ClientData, DynamicVariables } from '../wire/elevenlabs/client-data.ts';

/** Whose account calls. What is not given comes from the environment, then from `.env` of the working directory. */
export interface AccountOptions {
  /** ELEVENLABS_API_KEY */
  readonly apiKey?: string;
  /** ELEVENLABS_BASE_URL */
  readonly baseUrl?: string;
  /** The agent that speaks: ELEVENLABS_AGENT_ID, or the only one of the account. */
  readonly agentId?: string;
  /** The line, `phnum_…` or its number: ELEVENLABS_PHONE_NUMBER_ID, or the only one of the account. */
  readonly from?: string;
  /** TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_BASE_URL: with them ringing and the carrier's outcome are known. */
  readonly twilio?: { readonly accountSid: string; readonly authToken: string; readonly baseUrl?: string };
  /** Where the journal of attempts is: DONNA_DATA_DIR. */
  readonly dataDir?: string;
  /** How long to wait for a reply, in milliseconds: DONNA_TIMEOUT_MS. */
  readonly timeoutMs?: number;
  /** Countries that may be called, such as `['US']`: DONNA_COUNTRIES. */
  readonly countries?: readonly string[];
  /** Numbers that are never called: DONNA_BLOCKED. */
  readonly blocked?: readonly string[];
  /** `true`: the sandbox, whatever is configured. `false`: never the sandbox. Else the sandbox when nothing is configured. */
  readonly sandbox?: boolean;
}

export interface PlaceCallOptions extends AccountOptions {
  /** The number to call, in E.164 such as `+12125550142`. */
  readonly to: string;
  readonly variables?: DynamicVariables;
  /** The rest of `conversation_initiation_client_data`; `variables` go over those in it. */
  readonly clientData?: ClientData;
  /** Your own id for the callee; the attempt id unless given. */
  readonly userId?: string;
  /** How long the phone may ring, in seconds, 1 to 999. */
  readonly ringTimeoutSecs?: number;
  /** Let Twilio listen for an answering machine. */
  readonly detectMachine?: boolean;
  /** Let Twilio record the call. */
  readonly record?: boolean;
  /** `false` skips the checks before the dial; the guard is never skipped. */
  readonly preflight?: boolean;
  /** Dial although the same call is open, unknown, or was placed within the last minute. Nobody is asked. */
  readonly again?: boolean;
  /** Told of warnings, of the dial, and of a lost reply that is looked into. */
  readonly notify?: (event: PlaceCallEvent) => void;
}

/** What became of a call: refused, not-placed, accepted or unknown. `sandbox` says that no phone rings. */
export type PlacedCall = Placement & { readonly sandbox: boolean };
export type AcceptedCall = Extract<PlacedCall, { kind: 'accepted' }>;

/** The account with which a call was placed is the one that can read it. */
const accountOf = new WeakMap<object, AccountOptions>();

/**
 * Places one call through the same guard, preflight and journal as `donna call`, and never sends its request twice.
 *
 * What can happen to a call is in the result: look at `kind` before anything else. `unknown` means that a phone may be ringing:
 * never call again because of it. Throws AppError (`code`, `hint`) for bad input or settings, for an agent or line that does not
 * exist, and where they cannot be read; nothing was dialled then.
 */
export async function placeCall(options: PlaceCallOptions): Promise<PlacedCall> {
  const request = readRequest(options);
  const settings = settingsOf(options);
  const accounts = await openAccounts(settings, { sandbox: options.sandbox ?? false });
  const world = createCallWorld(settings, accounts);
  try {
    // What an earlier process left open may be this very call.
    await world.reconcileOpen();
    const { from } = world.defaults;
    const placement = await world.placeCall(
      {
        ...request,
        agentId: options.agentId ?? world.defaults.agentId,
        from: from === undefined ? undefined : readLine(from),
        ...(options.from === undefined ? {} : { from: readLine(options.from) }),
      },
      options.notify,
    );
    const call: PlacedCall = { ...placement, sandbox: accounts.sandbox };
    accountOf.set(call, options);
    return call;
  } finally {
    await world.close();
  }
}

/**
 * Follows a call to its end, from `placeCall` or by its conversation id. Yields each state, and at last `ended` with the report
 * (outcome, transcript, cost, analysis) or `lost` with why; ends quietly when `signal` aborts. The call itself goes on whatever
 * happens here. Throws AppError for bad settings.
 */
export async function* followCall(
  call: AcceptedCall | FollowedCall,
  options: AccountOptions & { readonly signal?: AbortSignal } = {},
): AsyncGenerator<FollowCallEvent, void, void> {
  const account = { ...accountOf.get(call), ...options };
  const settings = settingsOf(account);
  const world = createCallWorld(
    settings,
    await openAccounts(settings, { sandbox: account.sandbox ?? false }),
  );
  try {
    yield* world.followCall(followed(call), options.signal);
  } finally {
    await world.close();
  }
}

function followed(call: AcceptedCall | FollowedCall): FollowedCall {
  if ('conversationId' in call) return call;
  const { conversationId, callSid } = call.ids;
  if (conversationId) return { conversationId, callSid, attempt: call.attempt };
  throw new AppError('not-possible', 'The call has no conversation id, so it cannot be followed.', {
    hint: `Look for it: donna calls show ${call.attempt}`,
  });
}

function settingsOf(options: AccountOptions): Settings {
  const values = {
    ELEVENLABS_API_KEY: options.apiKey,
    ELEVENLABS_BASE_URL: options.baseUrl,
    TWILIO_ACCOUNT_SID: options.twilio?.accountSid,
    TWILIO_AUTH_TOKEN: options.twilio?.authToken,
    TWILIO_BASE_URL: options.twilio?.baseUrl,
    DONNA_DATA_DIR: options.dataDir,
    DONNA_TIMEOUT_MS: options.timeoutMs?.toString(),
    DONNA_COUNTRIES: options.countries?.join(','),
    DONNA_BLOCKED: options.blocked?.join(','),
  } satisfies Partial<Record<keyof typeof settingsSchema.shape, string | undefined>>;
  const { settings } = readSettingsWith(values);
  if (options.sandbox === false && !settings.ELEVENLABS_API_KEY) {
    throw new AppError('bad-config', 'There is no key of ElevenLabs, and the sandbox is not wanted.', {
      hint: 'Give apiKey, or set ELEVENLABS_API_KEY.',
    });
  }
  return settings;
}

function readRequest(options: PlaceCallOptions): Omit<CallRequest, 'agentId' | 'from'> {
  const { ringTimeoutSecs, detectMachine, userId, variables } = options;
  const telephony = {
    ...(ringTimeoutSecs === undefined ? {} : { ringing_timeout_secs: ringTimeoutSecs }),
    ...(detectMachine ? { twilio_machine_detection: { mode: 'enable' as const } } : {}),
  };
  const data = clientData.safeParse({
    ...options.clientData,
    ...(variables ? { dynamic_variables: { ...options.clientData?.dynamic_variables, ...variables } } : {}),
    ...(userId === undefined ? {} : { user_id: userId }),
  });
  if (!data.success) {
    const issue = data.error.issues[0];
    const place = issue?.path.join('.') || 'clientData';
    throw new AppError('bad-input', `${place}: ${issue?.message ?? 'is not valid'}.`, {
      hint: 'A variable is a string, a number, true or false; docs/guide/outbound-calls.md says what belongs where.',
    });
  }
  return {
    to: readNumber('to', options.to),
    clientData: data.data,
    telephony: Object.keys(telephony).length > 0 ? telephony : undefined,
    record: options.record ?? false,
    preflight: options.preflight ?? true,
    repeat: options.again ? 'allow' : 'refuse',
  };
}

function readNumber(name: string, text: string) {
  const parsed = parsePhoneNumber(text);
  if (parsed.kind === 'number') return parsed.facts;
  throw new AppError('bad-input', `${name}: "${text.slice(0, 60)}" is not a phone number: ${parsed.why}.`, {
    hint: 'Write it with + and the country code, such as +12125550142.',
  });
}

function readLine(text: string): { lineId: string } | { number: PhoneNumber } {
  return text.startsWith('+') ? { number: readNumber('from', text).number } : { lineId: text };
}
