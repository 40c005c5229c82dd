import type { MendedFile } from '../../diagnosis/scan/mended-files.ts';
import type { ScannedCall, ScannedMend, ScanReport } from '../../diagnosis/scan/scan-report.ts';

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
    mend: toldMend(call.mend),
    verdict,
    request: `${request.method} ${request.host === '' ? '' : `${request.scheme}://${request.host}`}${request.path}`,
    operation: operation ? `${operation.method} ${operation.fullPath}` : null,
    findings: findings.map(({ finding, ...place }) => ({ ...place, ...finding })),
  };
  return verdict === 'wrong' ? { ...told, explanation } : told;
}

/** What is written may move a secret that stands in the source; a report goes to others. */
function toldMend(mend: ScannedMend): ScannedMend {
  if (mend.kind !== 'certain') return mend;
  const edits = mend.edits.map((edit, index) => ({ ...edit, text: mend.places[index]?.text ?? '' }));
  return { ...mend, edits };
}
