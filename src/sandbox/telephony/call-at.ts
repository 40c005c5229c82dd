import type { SpokenTurn } from '../dialogue/player.ts';
import type { CallRecord } from './call-record.ts';
import { creditsFor } from './credits.ts';
import { type CallTimeline, type CarrierEnd, QUEUED_MS, timelineOf } from './timeline.ts';

/** How long the provider works on a transcript after the end. */
export const PROCESSING_MS = 1000;

export type ConversationStatus = 'initiated' | 'in-progress' | 'processing' | 'done' | 'failed';
export type CarrierStatus = 'queued' | 'ringing' | 'in-progress' | CarrierEnd;

/** A call as both providers see it at one moment. */
export interface CallAt {
  readonly record: CallRecord;
  readonly timeline: CallTimeline;
  readonly status: ConversationStatus;
  readonly carrierStatus: CarrierStatus;
  /** The transcript and the analysis are there. */
  readonly settled: boolean;
  /** What has been said by now; the provider's own reading gives nothing of it before the end. */
  readonly spokenSoFar: readonly SpokenTurn[];
  /** Whole seconds of conversation, known from the end on. */
  readonly durationSecs: number;
  readonly cost: number;
}

/** A pure function of the record and the time: a later process finds the call where it would be. */
export function callAt(record: CallRecord, nowMs: number): CallAt {
  const timeline = timelineOf(record);
  const sinceMs = nowMs - record.dialled_at_ms;
  const { answeredMs, endedMs } = timeline;
  const ended = sinceMs >= endedMs;
  const settled = sinceMs >= endedMs + processingMs(timeline);
  const talking = answeredMs !== undefined && sinceMs >= answeredMs;
  const durationSecs = ended ? Math.ceil(timeline.talkMs / 1000) : 0;
  return {
    record,
    timeline,
    status: settled ? timeline.final : ended ? 'processing' : talking ? 'in-progress' : 'initiated',
    carrierStatus: ended
      ? timeline.carrierEnd
      : talking
        ? 'in-progress'
        : sinceMs >= QUEUED_MS
          ? 'ringing'
          : 'queued',
    settled,
    spokenSoFar: timeline.turns.filter((turn) => turn.endMs <= sinceMs - (answeredMs ?? 0)),
    durationSecs,
    cost: settled ? creditsFor(durationSecs) : 0,
  };
}

/** When a call needs no more looking at. */
export function settledAtMs(record: CallRecord): number {
  const timeline = timelineOf(record);
  return record.dialled_at_ms + timeline.endedMs + processingMs(timeline);
}

// A conversation that never began has nothing to work on: it is failed at once.
function processingMs(timeline: CallTimeline): number {
  return timeline.answeredMs === undefined ? 0 : PROCESSING_MS;
}
