import { getLiveCount } from '../../wire/elevenlabs/live-count.ts';
import { getSubscription, getUser } from '../../wire/elevenlabs/user.ts';
import { ok } from '../http/refusals.ts';
import { takesRoom } from '../telephony/capacity.ts';
import { subscriptionView, userView } from '../views/user.ts';
import { type Route, route } from './route.ts';

export const accountRoutes: readonly Route[] = [
  route(getUser, (world) => ok(userView(world.state, world.clock.now()))),
  route(getSubscription, (world) =>
    ok({ ...subscriptionView(world.state, world.clock.now()), open_invoices: [], has_open_invoices: false }),
  ),
  route(getLiveCount, (world, { query }) => {
    const agents = query.agent_ids ?? (query.agent_id === undefined ? undefined : [query.agent_id]);
    const running = world.state.calls
      .filter((record) => !record.deleted && takesRoom(record, world.clock.now()))
      .filter((record) => agents === undefined || agents.includes(record.agent.agent_id));
    return ok({ count: running.length });
  }),
];
