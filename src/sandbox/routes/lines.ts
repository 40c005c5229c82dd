import {
  getPhoneNumber,
  type ImportPhoneNumberBody,
  importPhoneNumber,
  listPhoneNumbers,
  updatePhoneNumber,
} from '../../wire/elevenlabs/phone-number.ts';
import { legacyRefusal, ok, refusals } from '../http/refusals.ts';
import type { SandboxLine, SandboxState } from '../state.ts';
import { lineView } from '../views/line.ts';
import { type Route, route } from './route.ts';

export const lineRoutes: readonly Route[] = [
  // A bare array: the one list without pages.
  route(listPhoneNumbers, (world, { query }) =>
    ok(
      world.state.lines
        .filter((line) => query.provider === undefined || line.provider === query.provider)
        .filter((line) => query.agent_id === undefined || line.agent_id === query.agent_id)
        .filter((line) => query.branch_id === undefined || line.branch_id === query.branch_id)
        .map((line) => lineView(line, world.state)),
    ),
  ),

  route(getPhoneNumber, (world, { params }) => {
    const line = find(world.state, params.phone_number_id);
    return line ? ok(lineView(line, world.state)) : refusals.lineNotFound(params.phone_number_id ?? '');
  }),

  route(importPhoneNumber, async (world, { body }) => {
    const agentId = body.agent_id ?? null;
    if (agentId !== null && !world.state.agents.some((one) => one.agent_id === agentId)) {
      return refusals.agentNotFound(agentId);
    }
    if (body.provider === 'twilio' && !twilioKnows(world.state, body)) {
      return legacyRefusal(
        400,
        'invalid_provider_config',
        'The Twilio credentials or the number are not valid.',
      );
    }
    const line: SandboxLine = {
      phone_number_id: world.ids.line(),
      phone_number: body.phone_number,
      label: body.label,
      provider: body.provider,
      agent_id: agentId,
      environment: null,
      branch_id: null,
      supports_inbound: true,
      supports_outbound: true,
      ...(body.provider === 'sip_trunk' && {
        sip: trunks({ outbound_trunk: body.outbound_trunk_config, inbound_trunk: body.inbound_trunk_config }),
      }),
    };
    await world.change((state) => ({ ...state, lines: [...state.lines, line] }));
    return ok({ phone_number_id: line.phone_number_id });
  }),

  route(updatePhoneNumber, async (world, { params, body }) => {
    const line = find(world.state, params.phone_number_id);
    if (!line) return refusals.lineNotFound(params.phone_number_id ?? '');
    if (body.agent_id && !world.state.agents.some((one) => one.agent_id === body.agent_id)) {
      return refusals.agentNotFound(body.agent_id);
    }
    const { agent_id, label, environment, branch_id, inbound_trunk_config, outbound_trunk_config, ...stack } =
      body;
    const changed: SandboxLine = {
      ...line,
      label: label ?? line.label,
      // A null takes the agent away; only a field that is absent changes nothing.
      agent_id: agent_id === undefined ? line.agent_id : agent_id,
      environment: environment === undefined ? line.environment : environment,
      branch_id: branch_id === undefined ? line.branch_id : branch_id,
      ...(line.provider === 'sip_trunk' && {
        sip: {
          ...line.sip,
          ...trunks({ outbound_trunk: outbound_trunk_config, inbound_trunk: inbound_trunk_config }),
          ...given(stack),
        },
      }),
    };
    await world.change((state) => ({
      ...state,
      lines: state.lines.map((one) => (one.phone_number_id === line.phone_number_id ? changed : one)),
    }));
    return ok(lineView(changed, world.state));
  }),
];

function find(state: SandboxState, id: string | undefined): SandboxLine | undefined {
  return state.lines.find((one) => one.phone_number_id === id);
}

/** The provider looks the number up in the Twilio account before it takes it over. */
function twilioKnows(
  state: SandboxState,
  body: Extract<ImportPhoneNumberBody, { provider: 'twilio' }>,
): boolean {
  const { sid, token, numbers } = state.twilio;
  return (
    body.sid === sid && body.token === token && numbers.some((one) => one.phone_number === body.phone_number)
  );
}

/** Trunk settings as they are kept: a password is not, only that there was one. */
function trunks(
  given: Readonly<Record<string, { credentials?: unknown } | null | undefined>>,
): Record<string, unknown> {
  const kept = Object.entries(given).filter(([, config]) => config !== undefined);
  return Object.fromEntries(
    kept.map(([name, config]) => {
      if (config === null || config === undefined) return [name, null];
      const { credentials, ...shown } = config;
      const username =
        credentials && typeof credentials === 'object' && 'username' in credentials
          ? credentials.username
          : null;
      return [
        name,
        { ...shown, ...(credentials !== undefined && credentials !== null && { credentials: { username } }) },
      ];
    }),
  );
}

function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  );
}
