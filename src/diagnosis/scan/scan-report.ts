import type { Explanation, Finding } from '../explanation.ts';
import type { SourcePlace } from './line-index.ts';
import type { Mend } from './mend/plan-mend.ts';

/** What a scan found. Plain data, for the format `json`. */
export interface ScanReport {
  readonly format: 'donna-scan-1';
  readonly folder: string;
  readonly documents: Explanation['documents'];
  readonly files: {
    /** That were looked at. */
    readonly read: number;
    /** Larger than 1 MB, minified, or no text in UTF-8. */
    readonly skipped: readonly string[];
  };
  /** Calls that concern the documents, right ones included. */
  readonly calls: readonly ScannedCall[];
  /** Calls that may concern them and that could not be read. */
  readonly unread: readonly UnreadPlace[];
}

export interface ScannedCall extends SourcePlace {
  /** Relative to the folder, with slashes. */
  readonly file: string;
  /** As it is called in the source: `fetch`, `axios.post`, `curl`. */
  readonly via: string;
  /** `host`: it names the API's host; `path`: judged by its path, the host is not written in the file, or not in the document; `likeness`: its path only begins like one. */
  readonly known: 'host' | 'path' | 'likeness';
  readonly explanation: Explanation;
  /** Each with its own place in the file. */
  readonly findings: readonly (SourcePlace & { readonly finding: Finding })[];
  readonly mend: ScannedMend;
}

export interface ShownEdit extends SourcePlace {
  /** Secrets of the request are variables in it. */
  readonly text: string;
  /** The text is not what is written, for that holds a secret. */
  readonly hidden: boolean;
}

/** `none`: nothing is wrong. */
export type ScannedMend =
  | { readonly kind: 'none' }
  | (Extract<Mend, { kind: 'certain' }> & {
      /** The same edits by line and column, as they may be shown. */
      readonly places: readonly ShownEdit[];
    })
  | (Extract<Mend, { kind: 'by-hand' }> & { readonly snippet: readonly string[] });

export interface UnreadPlace extends SourcePlace {
  readonly file: string;
  readonly via: string;
  readonly why: string;
}
