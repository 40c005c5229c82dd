import type { Finding } from '../../kernel/finding.ts';
import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';

/** Two lines a finding: the mark with what was seen, and what to do. */
export function findingLines(findings: readonly Finding[], style: Styles): string[] {
  return findings.flatMap((finding) => [
    `${finding.severity === 'error' ? style.bad('✗') : style.warn('!')} ${printable(finding.evidence)}`,
    `  ${style.dim('→')} ${printable(finding.fix)}`,
  ]);
}
