import * as z from 'zod';
import { type CallingHours, type Weekday, weekdays, windowFault } from '../calls/calling-window.ts';
import { documentFiles, flag, numbers, oneLine, url, wholeNumber } from './setting-kinds.ts';

const hoursExpected = 'days and hours such as mon-fri 09:00-17:00';

const hours = z.string().transform((text, context): CallingHours => {
  const [, days = '', from = '', to = ''] =
    /^([a-z,-]+)\s+(\d\d:\d\d)\s*-\s*(\d\d:\d\d)$/.exec(text.trim().toLowerCase()) ?? [];
  const named = days.split(',').flatMap(readDays);
  const window = { days: named, from, to };
  const fault =
    days === '' || named.length === 0 ? 'It cannot be read' : windowFault(window)?.replace(/\.$/, '');
  if (fault) context.addIssue({ code: 'custom', message: `${hoursExpected}. ${fault}` });
  return window;
});

/** `mon`, `mon-fri`, also over the end of the week. */
function readDays(text: string): Weekday[] {
  const [first, last = first] = text.split('-').map((day) => (weekdays as readonly string[]).indexOf(day));
  if (first === undefined || last === undefined || first < 0 || last < 0) return [];
  const count = ((last - first + weekdays.length) % weekdays.length) + 1;
  return Array.from({ length: count }, (_, index) => weekdays[(first + index) % weekdays.length] as Weekday);
}

const paceExpected = 'a number from 0.01 to 1000, or one for each line such as phnum_a=5,phnum_b=0.5';

/** Calls a second: of every line under `*`, or of each that is named. */
const pace = z.string().transform((text, context): ReadonlyMap<string, number> => {
  const entries = text
    .split(/[\s,;]+/)
    .filter((item) => item !== '')
    .map((item): [string, number] => {
      const [left = '', right] = item.split('=');
      return right === undefined ? ['*', Number(left)] : [left, Number(right)];
    });
  if (entries.length === 0 || !entries.every(([line, rate]) => line !== '' && rate >= 0.01 && rate <= 1000)) {
    context.addIssue({ code: 'custom', message: paceExpected });
  }
  return new Map(entries);
});

const mostCalls = wholeNumber(0, 10_000_000, '');

/** The settings of `donna serve`; the schema of all settings is made of these and of those in config.ts. */
export const serviceSettings = {
  DONNA_URL: url
    .optional()
    .describe('The Donna server that the commands talk to; without it one on this machine, or none.'),
  DONNA_API_KEY: oneLine.optional().describe('The key for that server: donna keys create.'),
  DONNA_PUBLIC_URL: url
    .optional()
    .describe(
      'Where ElevenLabs reaches this server, for its webhooks; its host name is accepted besides loopback.',
    ),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a URL such as postgresql://user:password@host:5432/donna')
    .optional()
    .describe(
      'The PostgreSQL that the nodes share. Without it the database is embedded, in the data directory.',
    ),
  DONNA_SECRET: z
    .string()
    .min(16, 'at least 16 characters')
    .optional()
    .describe(
      'The key of the hashes of numbers. Made once into the data directory; with DATABASE_URL it must be given, the same on every node.',
    ),
  DONNA_CONCURRENCY: wholeNumber(1, 10_000, '')
    .default(4)
    .describe('Calls that may run at once, on all nodes together. The provider tells nobody its limit.'),
  DONNA_RESERVE: wholeNumber(0, 1000, '')
    .default(1)
    .describe('Of these, kept for calls that a person waits for.'),
  DONNA_CALLS_PER_SECOND: pace
    .prefault('1')
    .describe(
      'The pace of the lines: one number for all, or phnum_a=5,phnum_b=0.5. 1 unless given, as Twilio has it.',
    ),
  DONNA_HOURS: hours
    .optional()
    .describe(
      'When people may be called, on their own clocks: mon-fri 09:00-17:00 unless given (in the sandbox every day). Never before 08:00 or after 20:00.',
    ),
  DONNA_BUDGET_CALLS: mostCalls.optional().describe('Calls a day (UTC), for all keys together.'),
  DONNA_BUDGET_MINUTES: mostCalls
    .optional()
    .describe('Minutes of conversation a day, for all keys together.'),
  DONNA_BUDGET_CENTS: mostCalls.optional().describe('US cents a day, for all keys together.'),
  DONNA_KEY_BUDGET_CALLS: mostCalls
    .optional()
    .describe('Calls a day for each key that has no budget of its own.'),
  DONNA_KEY_BUDGET_MINUTES: mostCalls.optional().describe('Minutes a day for each such key.'),
  DONNA_KEY_BUDGET_CENTS: mostCalls.optional().describe('US cents a day for each such key.'),
  DONNA_ALLOW_LIST: numbers.optional().describe('For test environments: the only numbers that are called.'),
  DONNA_GATE_HOOK: url
    .optional()
    .describe('A URL that is asked before each dial; without its yes nothing is dialled.'),
  DONNA_GATE_HOOK_SECRET: oneLine.optional().describe('Signs what the hook is asked.'),
  DONNA_ATTEMPT_AS_USER_ID: flag
    .default(true)
    .describe('Send the attempt id as user_id, by which a call is found again, where the caller sets none.'),
  DONNA_CALL_CONTACT_SECRET: z
    .string()
    .min(16, 'at least 16 characters')
    .optional()
    .describe(
      'The secret header of the server tool by which an agent asks for a call. Without it the tool is off.',
    ),
  DONNA_CALL_CONTACT_CALLS: wholeNumber(0, 100_000, '')
    .default(20)
    .describe('Calls a day that agents may ask for.'),
  DONNA_RETENTION_DAYS: wholeNumber(1, 36_500, ' of days')
    .optional()
    .describe('Days after its end for which a call is kept. For ever unless given.'),
  DONNA_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent')
    .default('info')
    .describe('How much the server logs, as JSON on stderr. Never numbers, keys or what was said.'),
  DONNA_EXPLAIN_DOCUMENTS: documentFiles
    .optional()
    .describe(
      'OpenAPI documents that POST /v1/explain knows by name: billing=./billing.yaml,crm=/srv/crm.json. Read when they are asked for.',
    ),
  DONNA_ALLOW_PRIVATE_WEBHOOKS: flag
    .default(false)
    .describe('Let outgoing webhooks go to private addresses.'),
};
