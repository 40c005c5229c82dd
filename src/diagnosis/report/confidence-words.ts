import type { Hypothesis } from '../explanation.ts';

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

/** How sure it is that a hypothesis holds. Where others take the same, it is told of all of them together. */
export function certainty({ confidence, family }: Hypothesis): string {
  if (!family) return confidenceWords(confidence);
  const others =
    family.others.length === 1 ? 'the other that takes' : `the ${family.others.length} others that take`;
  return `${confidenceWords(family.confidence)} with ${others} the same`;
}

function percent(confidence: number): string {
  if (confidence > 0.99) return '> 99 %';
  if (!(confidence >= 0.01)) return '< 1 %';
  return `${Math.round(confidence * 100)} %`;
}
