import { applyEdits, type Edit } from './mend/edit.ts';
import type { ScannedFolder } from './scan-folder.ts';

/** A file with its certain edits made. */
export interface MendedFile {
  /** Relative to the folder of the scan. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** How many calls are mended. */
  readonly calls: number;
  /** Their edits. */
  readonly plans: readonly (readonly Edit[])[];
}

/** The files as they will be. A call whose edits touch those of another in other ways is left for the next scan. */
export function mendedFiles({ report, texts }: ScannedFolder): readonly MendedFile[] {
  const byFile = new Map<string, (readonly Edit[])[]>();
  for (const { file, mend } of report.calls) {
    if (mend.kind === 'certain') byFile.set(file, [...(byFile.get(file) ?? []), mend.edits]);
  }
  return [...byFile].flatMap(([file, all]) => {
    const before = texts.get(file);
    if (before === undefined) return [];
    const plans: (readonly Edit[])[] = [];
    let after = before;
    for (const plan of all) {
      const together = applyEdits(before, [...plans.flat(), ...plan]);
      if (together === undefined) continue;
      plans.push(plan);
      after = together;
    }
    return after === before ? [] : [{ file, before, after, calls: plans.length, plans }];
  });
}
