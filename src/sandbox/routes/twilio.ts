import { getAccount } from '../../wire/twilio/account.ts';
import { getCall, listCalls, updateCall } from '../../wire/twilio/call.ts';
import { listIncomingNumbers } from '../../wire/twilio/incoming-number.ts';
import { ok, type Reply } from '../http/refusals.ts';
import { twilioRefusals } from '../http/twilio-refusal.ts';
import type { SandboxState } from '../state.ts';
import type { CallAt } from '../telephony/call-at.ts';
import { otherCallView } from '../views/other-call.ts';
import { twilioCallView } from '../views/twilio-call.ts';
import { twilioDate } from '../views/twilio-date.ts';
import { callsNow, type World, withCall } from '../world.ts';
import { type Route, type RouteRequest, route } from './route.ts';
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

// Twilio keeps a call that was deleted at ElevenLabs, and never had one that it refused to make.
function twilioCalls(world: World): CallAt[] {
  return callsNow(world, { withDeleted: true }).filter(
    ({ record }) => record.line.provider === 'twilio' && record.refused === undefined,
  );
}

/** Every call of the account, oldest first. */
function callViews(world: World) {
  const { twilio } = world.state;
  const views = twilioCalls(world).map((call) => twilioCallView(call, twilio));
  if (twilio.other_calls.length === 0) return views;
  const others = twilio.other_calls.map((call) => otherCallView(call, twilio));
  return [...views, ...others].sort((a, b) => Date.parse(a.date_created) - Date.parse(b.date_created));
}

function findBySid(world: World, sid: string | undefined): CallAt | undefined {
  return twilioCalls(world).find(({ record }) => record.call_sid === sid);
}

function callNotFound(request: RouteRequest): Reply {
  const { AccountSid, Sid } = request.params;
  return twilioRefusals.notFound(`/2010-04-01/Accounts/${AccountSid}/Calls/${Sid}.json`);
}

function ofAccount(
  world: World,
  request: RouteRequest,
  answer: () => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  if (request.params.AccountSid === world.state.twilio.sid) return answer();
  return twilioRefusals.notFound(`/2010-04-01/Accounts/${request.params.AccountSid}`);
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

interface PageAsked {
  readonly Page?: number | undefined;
  readonly PageSize?: number | undefined;
}

function page(
  resource: string,
  key: string,
  items: readonly unknown[],
  request: RouteRequest<PageAsked>,
  world: World,
) {
  const size = request.query.PageSize ?? 50;
  const number = request.query.Page ?? 0;
  const start = number * size;
  const shown = items.slice(start, start + size);
  const uri = (of: number) => {
    const asked = Object.entries({ ...request.query, PageSize: size, Page: of });
    const text = new URLSearchParams(Object.fromEntries(asked.map(([name, value]) => [name, String(value)])));
    return `/2010-04-01/Accounts/${world.state.twilio.sid}/${resource}.json?${text}`;
  };
  return {
    [key]: shown,
    page: number,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uri(number),
    first_page_uri: uri(0),
    next_page_uri: start + size < items.length ? uri(number + 1) : null,
    previous_page_uri: number > 0 ? uri(number - 1) : null,
  };
}
