import type { CalleeMove, Heard, HeardTurn } from '../callees/callee.ts';
import type { AgentScript } from './agent-script.ts';
import { type AgentMove, type AgentTool, agentReaction, agentReminder, freshMemory } from './agent-voice.ts';
import type { Meaning } from './hearing.ts';

/** One turn as it was spoken. Times are milliseconds since the call was answered. */
export interface SpokenTurn {
  readonly by: 'agent' | 'callee';
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly tool?: AgentTool;
  /** What would have been said, had nobody hung up. */
  readonly cutFrom?: string;
}

export interface Dialogue {
  readonly turns: readonly SpokenTurn[];
  readonly endMs: number;
  readonly endedBy: 'end_call' | 'voicemail_detection' | 'callee' | 'silence' | 'max-duration';
  /** How the agent understood the callee, in the end. */
  readonly answer: Meaning | undefined;
}

// About 17 characters a second: brisk speech.
const MS_PER_CHARACTER = 58;
const AGENT_LAG_MS = 500;
const CALLEE_LAG_MS = 700;

/** How long a text takes to say. */
export function speechMs(text: string): number {
  return text === '' ? 0 : 250 + Math.round(text.length * MS_PER_CHARACTER);
}

/**
 * Plays a conversation. It hands out what the callee hears and takes back its move, and does not care how
 * long the answer takes to come: a script is driven at once by `playScripted`, a person as they answer.
 */
export function* playDialogue(
  script: AgentScript,
  answeredAtMs: number,
): Generator<Heard, Dialogue, CalleeMove> {
  const turns: SpokenTurn[] = [];
  let memory = freshMemory;
  let nowMs = AGENT_LAG_MS;
  let silentSinceMs = 0;
  let move: AgentMove | undefined = script.firstMessage === '' ? undefined : { says: script.firstMessage };

  const done = (endedBy: Dialogue['endedBy'], endMs: number): Dialogue => ({
    turns: cutAt(turns, endMs),
    endMs,
    endedBy,
    answer: memory.answer,
  });
  for (;;) {
    const agentStartMs = nowMs;
    if (move !== undefined) {
      nowMs += speechMs(move.says);
      turns.push({
        by: 'agent',
        text: move.says,
        startMs: agentStartMs,
        endMs: nowMs,
        ...(move.tool && { tool: move.tool }),
      });
    }
    if (nowMs >= script.maxDurationMs) return done('max-duration', script.maxDurationMs);
    if (move?.ends)
      return done(
        move.tool?.name === 'voicemail_detection' ? 'voicemail_detection' : 'end_call',
        nowMs + 300,
      );

    const callee: CalleeMove = yield {
      turns: turns.filter((turn) => turn.text !== '').map(heardTurn),
      agentSaid: move?.says ?? '',
      ownTurns: turns.filter((turn) => turn.by === 'callee').length,
      nowMs: answeredAtMs + nowMs,
    };
    if (callee.kind === 'hangs-up') {
      const midway = agentStartMs + Math.round((nowMs - agentStartMs) * 0.45);
      return done('callee', callee.when === 'mid-sentence' ? midway : nowMs + 400);
    }
    if (callee.kind === 'waits') {
      const silenceEndsMs = silentSinceMs + (script.silenceMs ?? Number.POSITIVE_INFINITY);
      const remindMs = nowMs + script.turnTimeoutMs;
      if (Math.min(silenceEndsMs, remindMs) >= script.maxDurationMs)
        return done('max-duration', script.maxDurationMs);
      if (silenceEndsMs <= remindMs) return done('silence', Math.max(silenceEndsMs, nowMs));
      nowMs = remindMs;
      [move, memory] = agentReminder(memory);
      continue;
    }
    const startMs = nowMs + (callee.afterMs ?? CALLEE_LAG_MS);
    nowMs = startMs + speechMs(callee.text);
    silentSinceMs = nowMs;
    turns.push({ by: 'callee', text: callee.text, startMs, endMs: nowMs });
    if (nowMs >= script.maxDurationMs) return done('max-duration', script.maxDurationMs);
    nowMs += AGENT_LAG_MS;
    [move, memory] = agentReaction(script, memory, callee.text);
  }
}

/** The whole dialogue with a callee that answers at once. */
export function playScripted(
  script: AgentScript,
  respond: (heard: Heard) => CalleeMove,
  answeredAtMs: number,
): Dialogue {
  const play = playDialogue(script, answeredAtMs);
  let step = play.next();
  while (!step.done) step = play.next(respond(step.value));
  return step.value;
}

/** The turns as far as they came by `endMs`; the one that was being spoken then is cut short. */
export function cutAt(turns: readonly SpokenTurn[], endMs: number): readonly SpokenTurn[] {
  return turns
    .filter((turn) => turn.startMs < endMs || (turn.startMs === endMs && turn.text === ''))
    .map((turn) => {
      if (turn.endMs <= endMs) return turn;
      const share = (endMs - turn.startMs) / (turn.endMs - turn.startMs);
      const { tool: _notReached, ...spoken } = turn;
      const kept = turn.text.slice(0, Math.floor(turn.text.length * share)).trimEnd();
      return { ...spoken, text: `${kept}…`, endMs, cutFrom: turn.text };
    });
}

function heardTurn(turn: SpokenTurn): HeardTurn {
  return { by: turn.by, text: turn.text };
}
