import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { LiveMonitor, LiveTurn, MonitorResult } from '../../calls/ports.ts';
import { type Clock, sleep } from '../../kernel/clock.ts';
import {
  type MonitorCommand,
  type MonitorEvent,
  monitorEvent,
  monitorPath,
} from '../../wire/elevenlabs/monitor.ts';
import type { ElevenLabsSettings } from './client.ts';

/** The socket opens only once the conversation has begun; until then it is tried again this often. */
const RETRY_MS = 1_500;
/** Longer than most phones ring; after that it will not open any more. */
const OPENS_WITHIN_MS = 120_000;
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const HANDSHAKE_MS = 10_000;

/**
 * The provider's monitoring socket: what is said while it is said, and a way to end the call. Enterprise accounts only, and not
 * in the OpenAPI document (see wire/elevenlabs/monitor.ts), so everything is taken as it comes.
 */
export function createMonitor(settings: ElevenLabsSettings, clock: Clock): LiveMonitor {
  function connect(
    conversationId: string,
    signal?: AbortSignal,
  ): Promise<WebSocket | { refused: string; early: boolean }> {
    const url = new URL(
      settings.baseUrl.replace(/\/+$/, '') +
        monitorPath.replace('{conversation_id}', encodeURIComponent(conversationId)),
    );
    url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
    return new Promise((resolve) => {
      const socket = new WebSocket(url, {
        headers: { 'xi-api-key': settings.apiKey },
        handshakeTimeout: HANDSHAKE_MS,
        maxPayload: MAX_MESSAGE_BYTES,
      });
      const giveUp = () => socket.terminate();
      signal?.addEventListener('abort', giveUp, { once: true });
      const settle = (result: WebSocket | { refused: string; early: boolean }) => {
        signal?.removeEventListener('abort', giveUp);
        resolve(result);
      };
      socket.once('open', () => settle(socket));
      socket.once('unexpected-response', (_request: unknown, reply: IncomingMessage) => {
        const status = reply.statusCode ?? 0;
        settle({ refused: refusalOf(status), early: status === 404 || status === 409 || status === 425 });
        socket.terminate();
      });
      // Also what `terminate` before the handshake raises; without a listener it would end the process.
      socket.on('error', (error) =>
        settle({ refused: `The monitoring socket failed: ${error.message}.`, early: false }),
      );
    });
  }

  return {
    async watch(
      conversationId: string,
      onTurn: (turn: LiveTurn) => void,
      signal: AbortSignal,
    ): Promise<MonitorResult> {
      const started = clock.monotonic();
      for (;;) {
        const socket = await connect(conversationId, signal);
        if (signal.aborted) {
          if (socket instanceof WebSocket) socket.terminate();
          return { kind: 'ended' };
        }
        if (socket instanceof WebSocket) return listen(socket, onTurn, signal);
        const tooLong = clock.monotonic() - started > OPENS_WITHIN_MS;
        if (!socket.early || tooLong) return { kind: 'unavailable', why: socket.refused };
        await sleep(clock, RETRY_MS, signal);
        if (signal.aborted) return { kind: 'ended' };
      }
    },
    async endCall(conversationId: string): Promise<MonitorResult> {
      const socket = await connect(conversationId);
      if (!(socket instanceof WebSocket)) return { kind: 'unavailable', why: socket.refused };
      const command: MonitorCommand = { command_type: 'end_call' };
      return new Promise((resolve) => {
        socket.once('close', () => resolve({ kind: 'ended' }));
        socket.send(JSON.stringify(command), () => socket.close());
      });
    },
  };
}

function listen(
  socket: WebSocket,
  onTurn: (turn: LiveTurn) => void,
  signal: AbortSignal,
): Promise<MonitorResult> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => socket.terminate(), { once: true });
    socket.on('message', (data) => {
      const turn = turnOf(parseEvent(String(data)));
      if (turn) onTurn(turn);
    });
    socket.once('close', () => resolve({ kind: 'ended' }));
  });
}

function parseEvent(text: string): MonitorEvent | undefined {
  try {
    return monitorEvent.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function turnOf(event: MonitorEvent | undefined): LiveTurn | undefined {
  const callee = event?.user_transcription_event?.user_transcript;
  if (callee) return { speaker: 'callee', text: callee };
  const agent = event?.agent_response_event?.agent_response;
  return agent ? { speaker: 'agent', text: agent } : undefined;
}

function refusalOf(status: number): string {
  if (status === 401)
    return 'ElevenLabs does not accept the key for monitoring (it needs the right convai_write).';
  if (status === 403) {
    return 'This account or agent has no live monitoring: it needs an enterprise plan and monitoring_enabled on the agent.';
  }
  return `The monitoring socket answered ${status}.`;
}
