export interface Claim {
  readonly confidence: number;
  readonly right: boolean;
}

const BINS = 10;

/**
 * Expected calibration error, 0 to 1: how far the confidence of a bin is from the share of it that is right, weighed
 * by the bin's size. Bins of equal width as in Guo et al. 2017, or of equal mass, which hides nothing in a full bin.
 */
export function calibrationError(claims: readonly Claim[], bins: 'width' | 'mass'): number {
  const sorted = [...claims].sort((one, other) => one.confidence - other.confidence);
  const firstOf = new Map<number, number>();
  for (const [index, { confidence }] of sorted.entries())
    if (!firstOf.has(confidence)) firstOf.set(confidence, index);
  const binOf = (claim: Claim, index: number) =>
    bins === 'width'
      ? Math.min(BINS - 1, Math.floor(claim.confidence * BINS))
      : // Equal confidences share a bin: their order says nothing.
        Math.floor((firstOf.get(claim.confidence) ?? index) * (BINS / sorted.length));
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const inside = sorted.filter((claim, index) => binOf(claim, index) === bin);
    const gap = inside.reduce((sum, claim) => sum + claim.confidence - Number(claim.right), 0);
    error += Math.abs(gap) / Math.max(1, sorted.length);
  }
  return error;
}
