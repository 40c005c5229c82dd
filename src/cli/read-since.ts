import { AppError } from '../kernel/errors.ts';

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A point in the past: `90m`, `2h`, `3d`, or a date as in `2026-01-31` or `2026-01-31T15:00Z`. Milliseconds since 1970. */
export function readSince(option: string, text: string, nowMs: number): number {
  const ago = /^(\d{1,5})([mhd])$/.exec(text);
  if (ago) return nowMs - Number(ago[1]) * (unitMs[ago[2] ?? ''] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at) && at <= nowMs) return at;
  throw new AppError(
    'bad-input',
    `${option}: "${text.slice(0, 60)}" is ${at > nowMs ? 'in the future' : 'no date'}.`,
    { hint: 'Write 90m, 2h, 3d, 2026-01-31 or 2026-01-31T15:00Z.' },
  );
}
