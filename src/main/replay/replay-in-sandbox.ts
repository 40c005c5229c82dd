import type { Replay, ReplayInput } from '../../cli/commands/explain/explain-world.ts';
import type { SentRequest } from '../../diagnosis/exchange/exchange.ts';
import { realClock } from '../../kernel/clock.ts';
import type { Fetch } from '../../kernel/fetch.ts';
import { realRandomBytes } from '../../kernel/ids.ts';
import { printable } from '../../kernel/printable.ts';
import { createSandbox, demo } from '../../sandbox/index.ts';
import { dialTwilio } from '../../wire/elevenlabs/outbound-call.ts';
import type { Operation } from '../../wire/operation.ts';
import { operations } from '../../wire/operations.ts';
import { createSandboxFetch } from '../sandbox-fetch.ts';
import { fillRequest } from './fill-request.ts';
import { replayWords } from './replay-words.ts';
import { canReplayBody, sendRequest } from './send-request.ts';
import { findStandIns, type SandboxCall, speaksOfCall } from './stand-ins.ts';

/**
 * Sends the request as it was sent, and the corrected one, to a sandbox of this process that is gone afterwards. The ids, numbers and
 * credentials of the user are replaced by those of the sandbox, the same in both.
 */
export async function replayInSandbox(input: ReplayInput): Promise<Replay> {
  const { sent, corrected, operation, misdirected } = input;
  const played = operations.find(
    (one) => one.method === operation.method && template(one.path) === template(operation.path),
  );
  if (!played) return notDone('The sandbox does not play this operation.');
  // What the sandbox does not know it answers with 404, although the provider may well have it.
  if (!misdirected && !operations.some((one) => isRequestOf(one, sent)))
    return notDone('The sandbox does not play the operation that was sent.');
  if (!canReplayBody(sent) || !canReplayBody(corrected))
    return notDone('The body is not here to be sent again.');

  const fetch = createSandboxFetch();
  const sandbox = await createSandbox({ clock: realClock, randomBytes: realRandomBytes, fetch });
  const listening = await sandbox.listen(0);
  try {
    const call = speaksOfCall([corrected, sent], operation.path)
      ? await placeCall(fetch, listening.url)
      : undefined;
    const standIns = findStandIns([corrected, sent], operation.path, call);
    const filled = fillRequest(corrected, standIns);
    const open = openValue(filled);
    if (open !== undefined) return notDone(`The value of ${printable(open, 60)} is not known.`);
    const send = (request: SentRequest, credentials: Record<string, string>) =>
      sendRequest(fetch, listening.url, request, credentials);
    const dropped = () => sandbox.journal.requests.at(-1)?.ignored ?? [];
    const before = await send(fillRequest(sent, standIns), credentialsOf(sent, played.provider));
    const droppedBefore = dropped();
    const after = await send(filled, credentialsOf(corrected, played.provider));
    const what = replayWords({ before, droppedBefore, after, droppedAfter: dropped(), standIns });
    return { kind: 'replayed', before: before.status, after: after.status, what };
  } finally {
    await listening.close();
    fetch.close();
  }
}

function notDone(why: string): Replay {
  return { kind: 'not-done', why };
}

function template(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, '{}');
}

function isRequestOf(operation: Operation, { method, path }: SentRequest): boolean {
  const literals = operation.path.split(/\{\w+\}/).map((part) => part.replaceAll('.', '\\.'));
  return operation.method === method && new RegExp(`^${literals.join('[^/]+')}$`).test(path);
}

/** The credentials of the sandbox where the request has some of that kind; what it lacks it goes without. */
function credentialsOf(request: SentRequest, provider: 'elevenlabs' | 'twilio'): Record<string, string> {
  const name = provider === 'elevenlabs' ? 'xi-api-key' : 'authorization';
  const value =
    provider === 'elevenlabs'
      ? demo.apiKey
      : `Basic ${Buffer.from(`${demo.twilioSid}:${demo.twilioToken}`).toString('base64')}`;
  const given = request.headers?.find(([header]) => header.toLowerCase() === name);
  // Of a request whose headers are not known nothing is concluded, so that they are taken to be right.
  if (!request.headers) return { [name]: value };
  if (!given) return {};
  return provider === 'twilio' && !/^basic /i.test(given[1]) ? { [name]: given[1] } : { [name]: value };
}

/** A `<name>` that is left: nobody but the user knows what belongs there. */
function openValue(request: SentRequest): string | undefined {
  const { body } = request;
  const inBody = body.kind === 'json' || body.kind === 'form' ? JSON.stringify(body.value) : '';
  const inQuery = request.query.map(([, value]) => JSON.stringify(value)).join(' ');
  const inPath = request.path
    .split('/')
    .map((segment) => `"${segment.replaceAll('%3C', '<').replaceAll('%3E', '>')}"`);
  return /"[<{]([\w.\- ]{1,80})[>}](?:\.json)?"/.exec([...inPath, inQuery, inBody].join(' '))?.[1];
}

async function placeCall(fetch: Fetch, baseUrl: string): Promise<SandboxCall | undefined> {
  const { body } = await sendRequest(
    fetch,
    baseUrl,
    {
      method: dialTwilio.method,
      scheme: 'http',
      host: '',
      path: dialTwilio.path,
      query: [],
      headers: [],
      contentType: 'application/json',
      body: {
        kind: 'json',
        value: {
          agent_id: demo.agentId,
          agent_phone_number_id: demo.twilioLineId,
          to_number: '+12125550142',
        },
      },
    },
    { 'xi-api-key': demo.apiKey },
  );
  const { conversation_id: conversationId, callSid } = (body ?? {}) as Record<string, unknown>;
  return typeof conversationId === 'string' && typeof callSid === 'string'
    ? { conversationId, callSid }
    : undefined;
}
