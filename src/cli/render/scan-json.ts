import type { MendedFile } from '../../diagnosis/scan/mended-files.ts';
import type { ScannedCall, ScanReport } from '../../diagnosis/scan/scan-report.ts';

/** The report as one JSON object. A call that is right is told without its explanation. */
export function scanJson(report: ScanReport, written: readonly MendedFile[]): string {
  return JSON.stringify({
    ...report,
    calls: report.calls.map(toldCall),
    written: written.map(({ file, calls }) => ({ file, calls })),
  });
}

function toldCall({ explanation, findings, ...call }: ScannedCall): object {
  const { request, operation, verdict } = explanation;
  const told = {
    ...call,
    verdict,
    request: `${request.method} ${request.host === '' ? '' : `${request.scheme}://${request.host}`}${request.path}`,
    operation: operation ? `${operation.method} ${operation.fullPath}` : null,
    findings: findings.map(({ finding, ...place }) => ({ ...place, ...finding })),
  };
  return verdict === 'wrong' ? { ...told, explanation } : told;
}
