import type { DriftFinding } from '../spec/drift-finding.ts';

/** Fields that the provider has and its document lacks, by the last step of their path. */
const additions = [
  { field: 'tool_ids_strict', by: 'sdk', of: '@elevenlabs/elevenlabs-js 2.72.0' },
  { field: 'exclude_transcript', by: 'sdk', of: '@elevenlabs/elevenlabs-js 2.71.0' },
  { field: 'call_result', by: 'sdk', of: '@elevenlabs/elevenlabs-js 2.72.0' },
  { field: 'error_type', by: 'live', of: 'metadata.error of failed calls' },
] as const;

/** Why a field that a document lacks is no drift; `undefined` when it is one. */
export function knownAddition(finding: DriftFinding): (typeof additions)[number] | undefined {
  if (finding.kind !== 'field-gone' && finding.kind !== 'reply-field-gone') return undefined;
  const name = finding.field?.split('.').at(-1);
  return additions.find(({ field }) => field === name);
}
