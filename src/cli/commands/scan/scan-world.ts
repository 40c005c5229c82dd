import type { ApiDocument } from '../../../diagnosis/spec/api-document.ts';
import type { DocumentHistory } from '../../../diagnosis/spec/history.ts';

export interface ScanChoice {
  /** Nothing is fetched. */
  readonly offline: boolean;
}

/** What `donna scan` needs of the world. */
export interface ScanWorld {
  /** Version of Donna. */
  readonly version: string;
  /** Documents in files, or at URLs that the user typed; with none named those of the providers that Donna knows. */
  loadDocuments(sources: readonly string[]): Promise<readonly ApiDocument[]>;
  /** Dated documents of a folder. */
  history(folder: string): Promise<DocumentHistory>;
  close(): Promise<void>;
}

export type OpenScanWorld = (choice: ScanChoice) => Promise<ScanWorld>;
