import type { Job } from './service-ports.ts';

/** What became of a try. The note is shown to users in the log of the job: no number, no words of a call, no secret. */
export type JobResult =
  | { readonly kind: 'done'; readonly note: string }
  /** Milliseconds since 1970 from which it is tried again. */
  | { readonly kind: 'again'; readonly note: string; readonly dueMs: number }
  | { readonly kind: 'failed'; readonly note: string };

/**
 * Does a job once, and gives up when `signal` aborts. It may run a second time when a node dies in the middle: what it does must bear
 * that.
 */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<JobResult>;
