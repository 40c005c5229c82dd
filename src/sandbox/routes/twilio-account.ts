import type { Reply } from '../http/refusals.ts';
import { twilioRefusals } from '../http/twilio-refusal.ts';
import type { CallAt } from '../telephony/call-at.ts';
import { callsNow, type World } from '../world.ts';
import type { RouteRequest } from './route.ts';

/** What the routes below one Twilio account have in common: its calls, its pages, and that there is no other account. */

// Twilio keeps a call that was deleted at ElevenLabs, and never had one that it refused to make.
export function twilioCalls(world: World): CallAt[] {
  return callsNow(world, { withDeleted: true }).filter(
    ({ record }) => record.line.provider === 'twilio' && record.refused === undefined,
  );
}

/** A call that ElevenLabs placed. */
export function findBySid(world: World, sid: string | undefined): CallAt | undefined {
  return twilioCalls(world).find(({ record }) => record.call_sid === sid);
}

export function callNotFound(request: RouteRequest): Reply {
  const { AccountSid, Sid } = request.params;
  return twilioRefusals.notFound(`/2010-04-01/Accounts/${AccountSid}/Calls/${Sid}.json`);
}

export function ofAccount(
  world: World,
  request: RouteRequest,
  answer: () => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  if (request.params.AccountSid === world.state.twilio.sid) return answer();
  return twilioRefusals.notFound(`/2010-04-01/Accounts/${request.params.AccountSid}`);
}

interface PageAsked {
  readonly Page?: number | undefined;
  readonly PageSize?: number | undefined;
}

export function page(
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
