import { dialExotel, dialSipTrunk, dialTwilio } from '../../wire/elevenlabs/outbound-call.ts';
import { calleeFor } from '../callees/index.ts';
import { ok, type Reply, refusals } from '../http/refusals.ts';
import { isObject, numberAt } from '../json.ts';
import type { SandboxAgent, SandboxLine } from '../state.ts';
import type { CallRecord } from '../telephony/call-record.ts';
import { capacityFor } from '../telephony/capacity.ts';
import { type CarrierRefusal, carrierRefusal } from '../telephony/carrier-refusal.ts';
import { creditsLeft } from '../telephony/credits-left.ts';
import type { World } from '../world.ts';
import { type Route, type RouteRequest, route } from './route.ts';

interface DialBody {
  readonly agent_id: string;
  readonly agent_phone_number_id: string;
  readonly to_number: string;
  readonly conversation_initiation_client_data?: unknown;
  readonly call_recording_enabled?: boolean | null | undefined;
  readonly telephony_call_config?: unknown;
}

/** The three endpoints that start a call. They differ in the lines they take and in the name of the call's id. */
export const dialRoutes: readonly Route[] = [
  route(dialTwilio, (world, request) => dial(world, 'twilio', request.body, request.fault)),
  route(dialSipTrunk, (world, request) => dial(world, 'sip_trunk', request.body, request.fault)),
  route(dialExotel, (world, request) => dial(world, 'exotel', request.body, request.fault)),
];

type Carrier = SandboxLine['provider'];

async function dial(
  world: World,
  carrier: Carrier,
  body: DialBody,
  fault: RouteRequest['fault'],
): Promise<Reply> {
  const agent = world.state.agents.find((one) => one.agent_id === body.agent_id);
  if (!agent) return refusals.agentNotFound(body.agent_id);
  const line = world.state.lines.find((one) => one.phone_number_id === body.agent_phone_number_id);
  if (!line) return refusals.lineNotFound(body.agent_phone_number_id);
  if (line.provider !== carrier) return refusals.wrongProvider(line.phone_number, carrierNames[carrier]);

  const left = creditsLeft(world.state, world.clock.now());
  if (left <= 0) return refusals.noCredits(1, Math.max(0, left));
  const capacity = capacityFor(world.state, agent, world.clock.now());
  if (capacity.kind === 'full') return refusals.tooManyCalls(capacity.running, capacity.limit);

  const refused = carrierRefusal(
    world.state.twilio,
    line,
    body.to_number,
    fault?.kind === 'refuse-dial' ? fault : undefined,
  );
  const record: CallRecord = {
    ...newRecord(world, agent, line, body),
    credits_left: left,
    is_burst: capacity.burst,
    ...(capacity.overDailyLimit !== undefined && { over_daily_limit: capacity.overDailyLimit }),
  };
  if (refused) return refuse(world, carrier, record, refused);
  await world.change((state) => ({ ...state, calls: [...state.calls, record] }));
  world.journal.ring({
    at: new Date(record.dialled_at_ms).toISOString(),
    to: record.to,
    from: line.phone_number,
    conversationId: record.conversation_id,
    callee: record.callee,
  });
  return ok({
    success: true,
    message: 'Success',
    ...callIds(carrier, record.conversation_id, record.call_sid),
  });
}

const carrierNames: Record<Carrier, string> = { twilio: 'Twilio', sip_trunk: 'SIP trunk', exotel: 'Exotel' };

function callIds(carrier: Carrier, conversationId: string | null, callId: string | null) {
  return carrier === 'sip_trunk'
    ? { conversation_id: conversationId, sip_call_id: callId }
    : { conversation_id: conversationId, callSid: callId };
}

// A refused dial is a success in HTTP's terms: the carrier's words are the only detail.
async function refuse(
  world: World,
  carrier: Carrier,
  record: CallRecord,
  why: CarrierRefusal,
): Promise<Reply> {
  if (why.keepsConversation) {
    const refused = { code: why.code, reason: why.message, ...(why.sipCode && { sip_code: why.sipCode }) };
    await world.change((state) => ({ ...state, calls: [...state.calls, { ...record, refused }] }));
  }
  const told = carrier === 'sip_trunk' ? record.conversation_id : null;
  return ok({ success: false, message: why.message, ...callIds(carrier, told, null) });
}

function newRecord(
  world: World,
  agent: SandboxAgent,
  line: SandboxLine,
  body: DialBody,
): Omit<CallRecord, 'credits_left' | 'is_burst'> {
  const { agent_id, name, conversation_config, platform_settings } = agent;
  const { phone_number_id, phone_number, provider } = line;
  const config = body.telephony_call_config;
  const clientData = body.conversation_initiation_client_data;
  return {
    conversation_id: world.ids.conversation(),
    call_sid: line.provider === 'sip_trunk' ? world.ids.sipCall() : world.ids.twilio('CA'),
    stream_sid: world.ids.twilio('MZ'),
    dialled_at_ms: world.clock.now(),
    to: body.to_number,
    agent: { agent_id, name, conversation_config, platform_settings },
    line: { phone_number_id, phone_number, provider },
    client_data: isObject(clientData) ? { ...clientData } : {},
    ringing_timeout_secs: numberAt(config, 'ringing_timeout_secs') ?? 60,
    recorded_by_carrier:
      body.call_recording_enabled === true ||
      (isObject(config) && config.twilio_call_recording_enabled === true),
    machine_detection: isObject(config) && isObject(config.twilio_machine_detection),
    callee: calleeFor(body.to_number).name,
    plan: world.state.account.plan,
    deleted: false,
    announced: false,
  };
}
