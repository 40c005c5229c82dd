/** A moment of the API to the minute, in UTC, as tables show it: `2026-03-02 15:00Z`. */
export function minuteText(moment: string | null | undefined): string | undefined {
  const at = moment ? Date.parse(moment) : Number.NaN;
  return Number.isNaN(at)
    ? undefined
    : new Date(at)
        .toISOString()
        .replace('T', ' ')
        .replace(/:\d\d\.\d+Z$/, 'Z');
}
