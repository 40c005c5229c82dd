import { getAccount } from '../../wire/twilio/account.ts';
import { getCall, listCalls, updateCall } from '../../wire/twilio/call.ts';
import { listIncomingNumbers } from '../../wire/twilio/incoming-number.ts';
import { ok } from '../http/refusals.ts';
import { twilioRefusals } from '../http/twilio-refusal.ts';
import type { SandboxState } from '../state.ts';
import { otherCallView } from '../views/other-call.ts';
import { twilioCallView } from '../views/twilio-call.ts';
import { twilioDate } from '../views/twilio-date.ts';
import { type World, withCall } from '../world.ts';
import { type Route, route } from './route.ts';
import { callNotFound, findBySid, ofAccount, page, twilioCalls } from './twilio-account.ts';
import { matchesCallFilters } from './twilio-call-filters.ts';

export const twilioRoutes: readonly Route[] = [
  route(getAccount, (world, request) =>
    request.params.Sid === world.state.twilio.sid
      ? ok(accountView(world.state))
      : twilioRefusals.notFound(`/2010-04-01/Accounts/${request.params.Sid}.json`),
  ),

  route(listIncomingNumbers, (world, request) =>
    ofAccount(world, request, () => {
      const { PhoneNumber, FriendlyName } = request.query;
      const found = world.state.twilio.numbers
        // A part of a number finds it too.
        .filter(
          (one) => PhoneNumber === undefined || one.phone_number.includes(PhoneNumber.replace(/^\+/, '')),
        )
        .filter((one) => FriendlyName === undefined || one.friendly_name === FriendlyName);
      const items = found.map((one) => numberView(one, world.state.twilio.sid));
      return ok(page('IncomingPhoneNumbers', 'incoming_phone_numbers', items, request, world));
    }),
  ),

  route(listCalls, (world, request) =>
    ofAccount(world, request, () => {
      const found = callViews(world)
        .filter((view) => matchesCallFilters(view, request.query))
        .toReversed();
      return ok(page('Calls', 'calls', found, request, world));
    }),
  ),

  route(getCall, (world, request) =>
    ofAccount(world, request, () => {
      const call = findBySid(world, request.params.Sid);
      if (call) return ok(twilioCallView(call, world.state.twilio));
      const other = world.state.twilio.other_calls.find((one) => one.sid === request.params.Sid);
      return other ? ok(otherCallView(other, world.state.twilio)) : callNotFound(request);
    }),
  ),

  route(updateCall, (world, request) =>
    ofAccount(world, request, async () => {
      const call = findBySid(world, request.params.Sid);
      if (!call) {
        // A call of somebody else has ended long ago.
        const isOther = world.state.twilio.other_calls.some((one) => one.sid === request.params.Sid);
        return isOther ? twilioRefusals.notInProgress : callNotFound(request);
      }
      const waiting = call.carrierStatus === 'queued' || call.carrierStatus === 'ringing';
      if (!waiting && call.carrierStatus !== 'in-progress') return twilioRefusals.notInProgress;
      // `canceled` leaves a call that was answered alone.
      if (waiting || request.body.Status === 'completed') {
        const by = waiting ? 'carrier-canceled' : 'carrier-completed';
        const hungUp = { at_ms: world.clock.now(), by } as const;
        await world.change((state) => withCall(state, call.record.conversation_id, { hung_up: hungUp }));
      }
      const changed = findBySid(world, request.params.Sid) ?? call;
      return ok(twilioCallView(changed, world.state.twilio));
    }),
  ),
];

/** Every call of the account, oldest first. */
function callViews(world: World) {
  const { twilio } = world.state;
  const views = twilioCalls(world).map((call) => twilioCallView(call, twilio));
  if (twilio.other_calls.length === 0) return views;
  const others = twilio.other_calls.map((call) => otherCallView(call, twilio));
  return [...views, ...others].sort((a, b) => Date.parse(a.date_created) - Date.parse(b.date_created));
}

function accountView(state: SandboxState) {
  const { sid, friendly_name, status, type } = state.twilio;
  const created = twilioDate(state.account.created_at_unix_secs * 1000);
  return {
    sid,
    friendly_name,
    status,
    type,
    // The provider sends the token back; the sandbox sends a mask, since nobody should read it here.
    auth_token: '(masked)',
    owner_account_sid: sid,
    date_created: created,
    date_updated: created,
    uri: `/2010-04-01/Accounts/${sid}.json`,
    subresource_uris: { calls: `/2010-04-01/Accounts/${sid}/Calls.json` },
  };
}

function numberView(number: SandboxState['twilio']['numbers'][number], accountSid: string) {
  return {
    sid: number.sid,
    account_sid: accountSid,
    phone_number: number.phone_number,
    friendly_name: number.friendly_name,
    capabilities: { voice: number.voice, sms: true, mms: false, fax: false },
    status: 'in-use',
    origin: 'twilio',
    beta: false,
    api_version: '2010-04-01',
    trunk_sid: null,
    voice_url: null,
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
