import type { FailureExplanation } from '../../kernel/failure-explanation.ts';
import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';

/**
 * What an explanation adds to a refusal. Of a request that is right it adds the note alone: that it is right, and what is known of the
 * cause, the refusal has said.
 */
export function failureExplanationLines(
  { verdict, answer, more }: FailureExplanation,
  style: Styles,
): string[] {
  if (verdict === 'nothing-wrong') return [];
  const lines = answer.map((line) => `  ${printable(line, 600)}`);
  return [...lines, ...(more === undefined ? [] : [`  ${style.dim('→')} More: ${printable(more, 300)}`])];
}

/** An explanation as it comes back out of a timeline or a reply, where it is one. */
export function readFailureExplanation(value: unknown): FailureExplanation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { answer, verdict } = value as Partial<Record<keyof FailureExplanation, unknown>>;
  const isOne =
    typeof verdict === 'string' && Array.isArray(answer) && answer.every((line) => typeof line === 'string');
  return isOne ? (value as FailureExplanation) : undefined;
}
