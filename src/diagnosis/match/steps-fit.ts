import type { RouteStep } from './match.ts';

/** Whether a segment is right as it was sent. */
export function stepFits({ kind }: RouteStep): boolean {
  return kind === 'same' || kind === 'value';
}

export function stepsFit(steps: readonly RouteStep[]): boolean {
  return steps.every(stepFits);
}
