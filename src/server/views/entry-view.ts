import type { TimelineEntry } from '../../api/timeline.ts';
import type { NumberedEntry } from '../../calls/index.ts';
import { momentText } from './moment-text.ts';

/** One line of a timeline, as replies and streams show it. */
export function entryView({ seq, attemptId, atMs, kind, data }: NumberedEntry): TimelineEntry {
  return { seq, attemptId, at: momentText(atMs), kind, data: { ...data } };
}
