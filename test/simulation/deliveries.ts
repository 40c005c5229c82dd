import { readDelivery } from '../../src/server/webhooks/read-delivery.ts';
import type { Fleet } from './fleet.ts';
import type { Ground } from './ground.ts';
import { type Phone, pickedUp } from './world/phone.ts';
import { conversationAt } from './world/records.ts';

/** ElevenLabs' webhooks: lost, late, twice, in any order, to whatever node. A delivery that is not answered is not repeated. */
export function createDeliveries(ground: Ground, fleet: Fleet): (phone: Phone) => void {
  const { scenario, sim, trace } = ground;
  const random = ground.random.fork('webhooks');
  const { lost, doubled, latestMs } = scenario.webhooks;

  return (phone) => {
    const soonMs = pickedUp(phone) || phone.cancelled ? phone.processingMs : random.whole(50, 500);
    const event = pickedUp(phone) || phone.fate === 'no-answer' ? 'post_call_transcription' : undefined;
    if (random.chance(lost)) return;
    const send = (delayMs: number) => sim.schedule(delayMs, () => deliver(phone, event));
    send(soonMs + (random.chance(0.5) ? random.whole(0, 500) : random.whole(0, latestMs)));
    if (random.chance(doubled)) send(soonMs + random.whole(0, latestMs));
  };

  function deliver(phone: Phone, event: string | undefined): void {
    const data = event ? endedData(phone) : failedData(phone);
    const donna = fleet.any();
    if (!donna || !data) return;
    const timestamp = Math.floor((scenario.startWallMs + phone.endMs) / 1000);
    const body = { type: event ?? 'call_initiation_failure', event_timestamp: timestamp, data };
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    donna.node.enter(() => {
      const delivery = readDelivery(bytes, donna.node.wallMs());
      if (delivery.kind === 'malformed') throw new Error(`A delivery is malformed: ${delivery.why}`);
      trace.add(donna.node.name, `webhook ${body.type} of ${phone.conversationId}`);
      donna.inbox.put(delivery.item).then(
        (id) => id !== undefined && donna.nudgeInbox(),
        () => trace.add(donna.node.name, 'the webhook could not be kept'),
      );
    });
  }

  /** The whole conversation, as it is once it was processed. */
  function endedData(phone: Phone): unknown {
    const shown = { ...phone, shownMs: 0 };
    return conversationAt(shown, Math.max(sim.nowMs, phone.endMs + phone.processingMs), scenario.startWallMs);
  }
}

function failedData(phone: Phone): unknown {
  const sip = { busy: 486, declined: 603, failed: 503, 'no-answer': 480, answered: 487, voicemail: 487 };
  const reason = phone.fate === 'busy' || phone.fate === 'declined' ? 'busy' : 'unknown';
  const status = phone.cancelled ? 'canceled' : phone.fate === 'declined' ? 'busy' : phone.fate;
  return {
    agent_id: phone.agentId,
    conversation_id: phone.conversationId,
    failure_reason: phone.cancelled || phone.fate === 'no-answer' ? 'no-answer' : reason,
    metadata: phone.callSid
      ? {
          type: 'twilio',
          body: {
            CallSid: phone.callSid,
            CallStatus: status,
            SipResponseCode: String(phone.cancelled ? 487 : sip[phone.fate]),
          },
        }
      : {
          type: 'sip',
          body: { sip_status_code: sip[phone.fate], error_reason: `sip status: ${sip[phone.fate]}` },
        },
  };
}
