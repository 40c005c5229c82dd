/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle of several runs with the least and the most: the machine is never quiet. */
export function spread(values: readonly number[], digits = 0): { median: number; low: number; high: number } {
  const round = (value: number) => Number(value.toFixed(digits));
  return {
    median: round(quantile(values, 0.5)),
    low: round(Math.min(...values)),
    high: round(Math.max(...values)),
  };
}
