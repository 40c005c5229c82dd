const steps = [
  [0.97, 'almost certain'],
  [0.85, 'very likely'],
  [0.6, 'likely'],
  [0.35, 'possible'],
] as const;

/** A confidence from 0 to 1 in words and per cent. It never says 0 or 100 %: neither is known. */
export function confidenceWords(confidence: number): string {
  const word = steps.find(([from]) => confidence >= from)?.[1] ?? 'unlikely';
  return `${word} (${percent(confidence)})`;
}

function percent(confidence: number): string {
  if (confidence > 0.99) return '> 99 %';
  if (!(confidence >= 0.01)) return '< 1 %';
  return `${Math.round(confidence * 100)} %`;
}
