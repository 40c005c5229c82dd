import type * as z from 'zod';
import type { CallRequest } from '../calls/index.ts';
import { AppError } from '../kernel/errors.ts';
import { parsePhoneNumber } from '../kernel/phone-number.ts';
import { printable } from '../kernel/printable.ts';
import {
  type ClientData,
  clientData,
  configOverride,
  type DynamicVariables,
  dynamicVariable,
  dynamicVariables,
} from '../wire/elevenlabs/client-data.ts';
import { readJsonFile } from './read-json-file.ts';

/** The options of `donna call` as commander hands them over. */
export interface CallOptions {
  readonly var: readonly string[];
  readonly varJson: readonly string[];
  readonly vars?: string;
  readonly agent?: string;
  readonly from?: string;
  readonly userId?: string;
  readonly clientData?: string;
  readonly override?: string;
  readonly ringTimeout?: string;
  readonly detectMachine?: boolean;
  readonly record?: boolean;
  readonly wait: boolean;
  readonly preflight: boolean;
  readonly again?: boolean;
  readonly live?: boolean;
}

export interface ReadCallRequest {
  readonly request: Omit<CallRequest, 'repeat'>;
  /** Reads a line's id or number, as `--from` gives it. */
  readonly lineOf: (text: string) => NonNullable<CallRequest['from']>;
}

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_CLIENT_DATA_CHARACTERS = 200_000;

/** Parses the number, the options and their files. Throws `bad-input` with what was wrong, where, and what is expected. */
export async function readCallRequest(number: string, options: CallOptions): Promise<ReadCallRequest> {
  for (const [name, value] of Object.entries({ number, ...options })) assertUtf8(name, value);
  const to = parsePhoneNumber(number);
  if (to.kind === 'not-a-number') {
    throw new AppError('bad-input', `"${clip(number)}" is not a phone number: ${to.why}.`, {
      hint: 'Write it with + and the country code, such as +12125550142.',
    });
  }
  const telephony = {
    ...(options.ringTimeout === undefined ? {} : { ringing_timeout_secs: ringTimeout(options.ringTimeout) }),
    ...(options.detectMachine ? { twilio_machine_detection: { mode: 'enable' as const } } : {}),
  };
  return {
    request: {
      to: to.facts,
      agentId: options.agent === undefined ? undefined : plainId('--agent', options.agent),
      from: options.from === undefined ? undefined : lineOf(options.from),
      clientData: await readClientData(options),
      telephony: Object.keys(telephony).length > 0 ? telephony : undefined,
      record: options.record ?? false,
      preflight: options.preflight,
    },
    lineOf,
  };
}

async function readClientData(options: CallOptions): Promise<ClientData> {
  const whole =
    options.clientData === undefined ? {} : await readJson('--client-data', options.clientData, clientData);
  const fromFile = options.vars === undefined ? {} : await readJson('--vars', options.vars, dynamicVariables);
  const variables: DynamicVariables = { ...whole.dynamic_variables, ...fromFile };
  for (const text of options.varJson) {
    const [name, value] = assignment('--var-json', text);
    variables[name] = jsonVariable(name, value);
  }
  for (const text of options.var) {
    const [name, value] = assignment('--var', text);
    variables[name] = value;
  }
  const override =
    options.override === undefined
      ? undefined
      : await readJson('--override', options.override, configOverride);
  const data: ClientData = {
    ...whole,
    ...(Object.keys(variables).length > 0 ? { dynamic_variables: variables } : {}),
    ...(override ? { conversation_config_override: override } : {}),
    ...(options.userId === undefined ? {} : { user_id: plainId('--user-id', options.userId) }),
  };
  const size = JSON.stringify(data).length;
  if (size > MAX_CLIENT_DATA_CHARACTERS) {
    throw new AppError('bad-input', `The variables and overrides are ${size} characters long.`, {
      hint: `Keep them under ${MAX_CLIENT_DATA_CHARACTERS}: they are spoken or read by the agent.`,
    });
  }
  return data;
}

function lineOf(text: string): NonNullable<CallRequest['from']> {
  if (!text.startsWith('+')) return { lineId: plainId('--from', text) };
  const parsed = parsePhoneNumber(text);
  if (parsed.kind === 'number') return { number: parsed.facts.number };
  throw new AppError('bad-input', `--from: "${clip(text)}" is not a phone number: ${parsed.why}.`, {
    hint: 'Give a line of the account: donna lines list.',
  });
}

function plainId(option: string, text: string): string {
  if (/^[\w.:@-]{1,200}$/.test(text)) return text;
  throw new AppError('bad-input', `${option}: "${clip(text)}" is not an id.`, {
    hint: 'An id has letters, digits, _ and - only, such as agent_… or phnum_….',
  });
}

function ringTimeout(text: string): number {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1) return seconds;
  throw new AppError('bad-input', `--ring-timeout: "${clip(text)}" is not a whole number from 1 to 999.`, {
    hint: 'It is in seconds; Twilio stops at 600.',
  });
}

function assignment(option: string, text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0)).trim();
  if (/^[\w.-]{1,100}$/.test(name) && name !== '__proto__') return [name, text.slice(at + 1)];
  throw new AppError('bad-input', `${option}: "${clip(text)}" is not name=value.`, {
    hint: `Write ${option} customer_name=${option === '--var' ? 'Ada' : '3'}.`,
  });
}

function jsonVariable(name: string, text: string): DynamicVariables[string] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('bad-input', `--var-json ${name}: "${clip(text)}" is not JSON.`, {
      hint: `For a string use --var ${name}=…`,
    });
  }
  const parsed = dynamicVariable.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('bad-input', `--var-json ${name}: a variable is a string, a number, true or false.`, {
    hint: 'An object or a list cannot be spoken: give its parts as variables of their own.',
  });
}

async function readJson<Schema extends z.ZodType>(
  option: string,
  file: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const json = await readJsonFile(option, file, MAX_FILE_BYTES);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new AppError(
      'bad-input',
      `${option} ${file}: the file holds ${Array.isArray(json) ? 'a list' : String(json === null ? null : typeof json)}, not an object.`,
      {
        hint: 'Write it as {"customer_name": "Ada"}.',
      },
    );
  }
  assertNames(
    option,
    file,
    option === '--vars' ? json : (json as { dynamic_variables?: unknown }).dynamic_variables,
  );
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('bad-input', `${option} ${file}: ${firstIssue(parsed.error)}`, {
    hint:
      option === '--vars'
        ? 'A variable is a string, a number, true or false.'
        : 'docs/guide/outbound-calls.md says what belongs where.',
  });
}

/** Names that no agent can use; `__proto__` would be lost on the way. */
function assertNames(option: string, file: string, variables: unknown): void {
  if (typeof variables !== 'object' || variables === null) return;
  for (const name of Object.keys(variables)) {
    if (name.trim() !== '' && name !== '__proto__') continue;
    throw new AppError('bad-input', `${option} ${file}: "${name}" is not a name of a variable.`, {
      hint: 'Name it as the agent does, between {{ and }}.',
    });
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const place = [...(issue?.path ?? []), ...keys.slice(0, 1)].join('.') || 'the object';
  if (keys.length > 0) return `${place} is not a field here.`;
  if (issue?.code === 'invalid_union') return `${place} has the wrong type.`;
  return `${place}: ${issue?.message ?? 'is not valid'}.`;
}

/** Node turns bytes that are not UTF-8 into U+FFFD before we see them. */
function assertUtf8(name: string, value: unknown): void {
  if (Array.isArray(value)) for (const one of value) assertUtf8(name, one);
  if (typeof value === 'string' && value.includes('\ufffd')) {
    throw new AppError(
      'bad-input',
      `${name === 'number' ? 'The number' : `The value of --${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`} is not UTF-8.`,
      {
        hint: 'Set the terminal to UTF-8, or give the value in a file.',
      },
    );
  }
}

function clip(text: string): string {
  return printable(text, 60);
}
