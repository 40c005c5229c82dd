import { type Clock, realClock } from '../kernel/clock.ts';
import type { FailedExchange } from '../kernel/errors.ts';
import type { ExplainFailure, FailureExplanation } from '../kernel/failure-explanation.ts';

/** It takes a fraction of a second. On a machine that has no time for it the refusal is told without it. */
const WITHIN_MS = 5_000;

/**
 * The port through which a refused request of ours is explained. Everything behind it is loaded with the first refusal. A failed
 * explanation changes nothing: it is left out.
 */
export function createExplainFailure(parts: {
  /** Where fetched documents are kept. */
  readonly directory: string;
  readonly clock?: Clock;
}): ExplainFailure {
  const { directory, clock = realClock } = parts;
  let loading: Promise<ExplainFailure> | undefined;

  async function explained(exchange: FailedExchange): Promise<FailureExplanation | undefined> {
    try {
      loading ??= import('./failures/explain-exchange.ts').then(({ createExplainExchange }) =>
        createExplainExchange({ directory, clock }),
      );
      return await (await loading)(exchange);
    } catch {
      // Also a bug of it: the refusal itself is told either way, and is what matters.
      return undefined;
    }
  }

  return async (exchange) => {
    const { status = 0, sent } = exchange;
    if (sent === undefined || status < 400 || status > 499) return undefined;
    let cancel = () => {};
    const late = new Promise<undefined>((resolve) => {
      cancel = clock.schedule(WITHIN_MS, () => resolve(undefined));
    });
    try {
      return await Promise.race([explained(exchange), late]);
    } finally {
      cancel();
    }
  };
}
