import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { monitorCommand } from '../wire/elevenlabs/monitor.ts';
import type { SpokenTurn } from './dialogue/player.ts';
import { objectAt } from './json.ts';
import { findCall, type World, withCall } from './world.ts';

const PATH = /^\/v1\/convai\/conversations\/([^/]+)\/monitor$/;
const MOST_MESSAGE_BYTES = 64 * 1024;

export interface MonitorSocket {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/**
 * The monitoring socket: what is said, as it is said, and a way to end the call. The provider's document does not
 * have it; who is refused, and how, is unverified.
 */
export function createMonitorSocket(world: World): MonitorSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES });
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      void admit(world, request).then(
        (admitted) => {
          if (admitted.kind === 'refused') return refuse(socket, admitted.status, admitted.why);
          server.handleUpgrade(request, socket, head, (opened) =>
            watch(world, admitted.conversationId, opened),
          );
        },
        () => refuse(socket, 500, 'Internal Server Error'),
      );
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

type Admission =
  | { readonly kind: 'admitted'; readonly conversationId: string }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string };

async function admit(world: World, request: IncomingMessage): Promise<Admission> {
  const refused = (status: number, why: string): Admission => ({ kind: 'refused', status, why });
  await world.refresh();
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox.invalid');
  const conversationId = PATH.exec(pathname)?.[1];
  if (conversationId === undefined) return refused(404, 'Not Found');
  const key = world.state.account.keys.find((one) => one.key === request.headers['xi-api-key']);
  if (!key) return refused(401, 'Unauthorized');
  if (key.permissions && !key.permissions.includes('convai_write')) return refused(401, 'Unauthorized');
  const call = findCall(world, conversationId);
  if (!call) return refused(404, 'Not Found');
  const { monitoring_enabled } = objectAt(call.record.agent.conversation_config, 'conversation');
  if (world.state.account.plan !== 'enterprise' || monitoring_enabled !== true)
    return refused(403, 'Forbidden');
  if (call.status === 'initiated') return refused(409, 'Conflict');
  if (call.status !== 'in-progress') return refused(404, 'Not Found');
  return { kind: 'admitted', conversationId };
}

function refuse(socket: Duplex, status: number, why: string): void {
  const body = JSON.stringify({ detail: why });
  // A client that leaves its side open must not hold the server's.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${why}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Sends what has been said, then each turn as it ends, and closes with the call. */
function watch(world: World, conversationId: string, socket: WebSocket): void {
  let sent = 0;
  let cancel = () => {};
  const step = () => {
    cancel();
    const call = findCall(world, conversationId);
    if (!call) return socket.close(1000);
    for (const turn of call.spokenSoFar.slice(sent)) socket.send(JSON.stringify(event(turn)));
    sent = Math.max(sent, call.spokenSoFar.length);
    if (call.status !== 'in-progress') return socket.close(1000);
    const sinceAnswerMs = world.clock.now() - call.record.dialled_at_ms - (call.timeline.answeredMs ?? 0);
    const nextMs = call.timeline.turns[sent]?.endMs ?? call.timeline.talkMs;
    cancel = world.clock.schedule(Math.max(1, nextMs - sinceAnswerMs), step);
  };
  socket.on('close', () => cancel());
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    if (!asksToEnd(String(data))) return;
    const hungUp = { at_ms: world.clock.now(), by: 'monitor' } as const;
    void world
      .change((state) => withCall(state, conversationId, { hung_up: hungUp }))
      .then(step, () => socket.terminate());
  });
  step();
}

function event(turn: SpokenTurn) {
  if (turn.by === 'callee') {
    return { type: 'user_transcript', user_transcription_event: { user_transcript: turn.text } };
  }
  if (turn.text === '' && turn.tool) {
    return {
      type: 'agent_tool_response',
      agent_tool_response: { tool_name: turn.tool.name, is_error: false },
    };
  }
  return { type: 'agent_response', agent_response_event: { agent_response: turn.text } };
}

function asksToEnd(text: string): boolean {
  try {
    const command = monitorCommand.safeParse(JSON.parse(text));
    return command.success && command.data.command_type === 'end_call';
  } catch {
    return false;
  }
}
