/** A moment as replies state it, and null where there is none. */
export function momentText(ms: number): string;
export function momentText(ms: number | undefined): string | null;
export function momentText(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
