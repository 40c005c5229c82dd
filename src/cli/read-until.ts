import { AppError } from '../kernel/errors.ts';
import { printable } from '../kernel/printable.ts';

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** A point in the future: `12h`, `30d`, or a date as in `2026-12-31` or `2026-12-31T15:00Z`. Milliseconds since 1970. */
export function readUntil(option: string, text: string, nowMs: number): number {
  const ahead = /^(\d{1,5})([hd])$/.exec(text);
  const date = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  const at = ahead
    ? nowMs + Number(ahead[1]) * (unitMs[ahead[2] ?? ''] ?? 0)
    : date
      ? Date.parse(text)
      : Number.NaN;
  if (at > nowMs) return at;
  throw new AppError(
    'bad-input',
    `${option}: "${printable(text, 60)}" is ${Number.isNaN(at) ? 'no date' : 'over already'}.`,
    { hint: 'Write 12h, 30d, 2026-12-31 or 2026-12-31T15:00Z.' },
  );
}
