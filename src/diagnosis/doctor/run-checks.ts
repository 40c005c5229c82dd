import { AppError } from '../../kernel/errors.ts';
import { lastFour } from '../../kernel/mask.ts';
import { nearest } from '../../kernel/nearest.ts';
import { printable } from '../../kernel/printable.ts';
import type { Answer, Check, CheckContext, CheckResult, DoctorInput, DoctorSettings } from './check.ts';
import type { ProbeRequest } from './probe.ts';

export interface FinishedCheck extends CheckResult {
  readonly name: string;
  readonly title: string;
  readonly tookMs: number;
  /** The check whose failure is why this one was skipped. */
  readonly because?: string;
}

/** The checks named and those they need, in the order of the list. An unknown name is refused with the known ones. */
export function chooseChecks(checks: readonly Check[], only: readonly string[]): readonly Check[] {
  if (only.length === 0) return checks;
  const byName = new Map(checks.map((check) => [check.name, check]));
  const wanted = new Set<string>();
  const want = (name: string) => {
    const check = byName.get(name);
    if (!check) {
      const names = [...byName.keys()];
      const meant = nearest(name, names);
      throw new AppError('bad-input', `There is no check called ${printable(name, 60)}.`, {
        hint: `${meant ? `Did you mean ${meant}? ` : ''}The checks are: ${names.join(', ')}.`,
      });
    }
    wanted.add(name);
    check.needs.forEach(want);
  };
  only.forEach(want);
  return checks.filter((check) => wanted.has(check.name));
}

/**
 * Runs the checks, those that do not wait for each other at the same time, and yields their results in the order of the
 * list, each as soon as the ones before it are there.
 */
export async function* runChecks(
  checks: readonly Check[],
  input: DoctorInput,
): AsyncGenerator<FinishedCheck> {
  const context = createContext(input);
  const clean = createCleaner(input.settings);
  const results = new Map<string, Promise<FinishedCheck>>();
  for (const check of checks) {
    const needed = check.needs.flatMap((name) => results.get(name) ?? []);
    const result = finish(check, needed, context, clean);
    // A bug in a later check must not end the process before its turn to be told.
    result.catch(() => undefined);
    results.set(check.name, result);
  }
  for (const result of results.values()) yield await result;
}

async function finish(
  check: Check,
  needed: readonly Promise<FinishedCheck>[],
  context: CheckContext,
  clean: <Value>(value: Value) => Value,
): Promise<FinishedCheck> {
  const { name, title } = check;
  for (const before of await Promise.all(needed)) {
    const because = before.status === 'failed' ? before.name : before.because;
    if (because) {
      const summary = `skipped because ${because} failed`;
      return { name, title, status: 'skipped', summary, evidence: [], tookMs: 0, because };
    }
    if (before.status === 'skipped') {
      return { name, title, status: 'skipped', summary: before.summary, evidence: [], tookMs: 0 };
    }
  }
  const start = context.clock.monotonic();
  const result = await check.run(context);
  return { name, title, ...clean(result), tookMs: Math.round(context.clock.monotonic() - start) };
}

function createContext({ probe, clock, settings, sandbox }: DoctorInput): CheckContext {
  const asked = new Map<string, Promise<Answer>>();
  return {
    settings,
    clock,
    sandbox,
    ask(request: ProbeRequest) {
      const key = JSON.stringify(request);
      const earlier = asked.get(key);
      if (earlier) return earlier;
      const answer = probe.send(request).then((reply) => ({ ...reply, atMs: clock.now() }));
      asked.set(key, answer);
      return answer;
    },
  };
}

/** What an account or a reply says is data: no control characters reach a terminal, and no secret a report. */
function createCleaner(settings: DoctorSettings): <Value>(value: Value) => Value {
  // The account's SID is no secret, yet nothing for a page that is pasted into an issue. What is shorter is no real
  // secret, and may be an ordinary word.
  const { accountSid, authToken } = settings.twilio ?? {};
  const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const secrets = [basic, settings.elevenlabs.apiKey, authToken, accountSid].filter(
    (secret): secret is string => secret !== undefined && secret.length >= 8,
  );
  const cleanText = (text: string) =>
    printable(secrets.reduce((rest, secret) => rest.replaceAll(secret, () => lastFour(secret)), text));
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), clean(inner)]));
  };
  return <Value>(value: Value) => clean(value) as Value;
}
