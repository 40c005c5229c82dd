import { type SarifOptions, sarifLog } from '../../diagnosis/report/sarif.ts';
import type { ScanReport } from '../../diagnosis/scan/scan-report.ts';

/** The findings as a log of SARIF 2.1.0, each at its own place in its file. What could not be read goes along as notifications. */
export function scanSarif(report: ScanReport, options: Omit<SarifOptions, 'unread'>): object {
  const entries = report.calls.flatMap(({ file, findings, explanation, mend }) =>
    findings.map(({ finding, line, column, endLine, endColumn }) => ({
      explanation: { ...explanation, findings: [finding] },
      location: { file, line, column, endLine, endColumn },
      // A fix is taken as it stands: one with a variable where a secret was would be wrong.
      ...(mend.kind === 'certain' && !mend.places.some(({ hidden }) => hidden) ? { edits: mend.places } : {}),
    })),
  );
  const unread = report.unread.map(({ file, line, column, endLine, endColumn, via, why }) => ({
    location: { file, line, column, endLine, endColumn },
    why: `${via}: ${why}`,
  }));
  return sarifLog(entries, { ...options, unread });
}
