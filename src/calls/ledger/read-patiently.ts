import { type Clock, sleep } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';

/** Pauses before a read is tried again: a minute of trouble in a long reading should not lose it. */
const PAUSES_MS = [1_000, 4_000, 15_000, 40_000];

/** Reads, and reads again when what went wrong may pass. Throws the last AppError, or the first that will not pass. */
export async function readPatiently<T>(
  clock: Clock,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof AppError) || !error.retryable || signal.aborted) throw error;
      await sleep(clock, pauseMs, signal);
    }
  }
  return read();
}
