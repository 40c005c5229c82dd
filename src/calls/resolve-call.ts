import { AppError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Agent } from '../wire/elevenlabs/agent.ts';
import type { CallRequest } from './call-request.ts';
import { type Line, sameNumber } from './line.ts';
import type { VoiceProvider } from './ports.ts';

export interface ResolvedCall {
  readonly line: Line;
  /** `undefined` only when preflight is skipped: then nothing needs to know the agent. */
  readonly agent: Agent | undefined;
  readonly agentId: string;
}

/**
 * Reads the agent and the line that a call names, in parallel, and chooses them where it names none and the account has
 * only one. Throws `not-found` with those that exist.
 */
export async function resolveCall(provider: VoiceProvider, request: CallRequest): Promise<ResolvedCall> {
  const [line, agent] = await Promise.all([
    resolveLine(provider, request.from),
    resolveAgent(provider, request),
  ]);
  return { line, ...agent };
}

async function resolveLine(provider: VoiceProvider, from: CallRequest['from']): Promise<Line> {
  if (from && 'lineId' in from) {
    const line = await provider.line(from.lineId);
    if (line) return line;
    throw unknownLine(`There is no line ${from.lineId}.`, await provider.lines(), from.lineId);
  }
  const lines = await provider.lines();
  const matching = from ? lines.filter((line) => sameNumber(line, from.number)) : lines;
  const [only] = matching;
  if (only && matching.length === 1) return only;
  if (from && !only) throw unknownLine(`No line has the number ${from.number}.`, lines, from.number);
  if (from)
    throw new AppError('bad-input', `${matching.length} lines have the number ${from.number}.`, {
      hint: `Name one by its id: ${listLines(matching)}.`,
    });
  if (!only) {
    throw new AppError('not-found', 'The account has no line to call from.', {
      hint: 'Import a Twilio number or a SIP trunk: donna lines import.',
    });
  }
  throw new AppError('bad-input', `The account has ${lines.length} lines, and the call names none.`, {
    hint: `Add --from, or set ELEVENLABS_PHONE_NUMBER_ID, to one of: ${listLines(lines)}.`,
  });
}

async function resolveAgent(
  provider: VoiceProvider,
  request: CallRequest,
): Promise<Pick<ResolvedCall, 'agent' | 'agentId'>> {
  const { agentId } = request;
  if (agentId !== undefined) {
    if (!request.preflight) return { agentId, agent: undefined };
    const agent = await provider.agent(agentId);
    if (agent) return { agentId, agent };
    const agents = await provider.agents();
    throw new AppError('not-found', `There is no agent ${agentId}.`, {
      hint: agents.length > 0 ? `The account has: ${listAgents(agents)}.` : 'The account has no agent yet.',
    });
  }
  const agents = await provider.agents();
  const [only] = agents;
  if (!only) {
    throw new AppError('not-found', 'The account has no agent.', {
      hint: 'Create one in the ElevenLabs console; the sandbox has one: --sandbox.',
    });
  }
  if (agents.length > 1) {
    throw new AppError('bad-input', `The account has ${agents.length} agents, and the call names none.`, {
      hint: `Add --agent, or set ELEVENLABS_AGENT_ID, to one of: ${listAgents(agents)}.`,
    });
  }
  return { agentId: only.id, agent: request.preflight ? await provider.agent(only.id) : undefined };
}

function unknownLine(message: string, lines: readonly Line[], given: string): AppError {
  const near = nearest(
    given,
    lines.map((line) => line.id),
  );
  const known =
    lines.length > 0
      ? `The account has: ${listLines(lines)}.`
      : 'The account has no line yet: donna lines import.';
  return new AppError('not-found', message, { hint: near ? `Did you mean ${near}? ${known}` : known });
}

const SHOWN = 10;

function listLines(lines: readonly Line[]): string {
  return shorten(lines.map((line) => `${line.id} (${line.number}, ${line.provider})`));
}

function listAgents(agents: readonly { id: string; name: string }[]): string {
  return shorten(agents.map((agent) => `${agent.id} (${agent.name})`));
}

function shorten(items: readonly string[]): string {
  const rest = items.length - SHOWN;
  return items.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
