import type { Book } from './book.ts';

/** The way to the database and back takes one claim a little longer than another. */
const UNEVEN_MS = 50;

/**
 * No line dials faster than it may, on all nodes together. Told apart from what nobody can keep: nodes whose clocks differ do not agree on
 * when the next dial may leave, and what was held up, by a pause or a slow database, comes in a heap.
 */
export function createJudgePace(book: Book): (lineId: string) => void {
  const { scenario, sim } = book;
  const even =
    scenario.skewMs.every((ms) => ms === 0) &&
    scenario.faults.every(({ kind }) => !['jump', 'pause', 'store-slow'].includes(kind));
  const lastMs = new Map<string, number>();

  return (lineId) => {
    const before = lastMs.get(lineId);
    lastMs.set(lineId, sim.nowMs);
    if (!even || before === undefined) return;
    const least = 1_000 / (scenario.settings.callsPerSecond.get(lineId) ?? 1);
    const apartMs = sim.nowMs - before;
    if (apartMs < least - UNEVEN_MS)
      book.violate(
        `line ${lineId} dials again after ${Math.round(apartMs)} ms, and ${Math.round(least)} are the least`,
      );
  };
}
