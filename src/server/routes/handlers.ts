import type { ForgetReportView } from '../../api/forget.ts';
import type { Authenticate } from '../access/authenticate.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handlers } from '../exchange.ts';
import { createCall } from './create-call.ts';
import { dialling } from './dialling.ts';
import { explain } from './explain.ts';
import { followCall } from './follow-call.ts';
import { getRecording } from './get-recording.ts';
import { keys } from './keys.ts';
import { operation } from './operation.ts';
import { readCalls } from './read-calls.ts';
import { steerCalls } from './steer-calls.ts';
import { suppressions } from './suppressions.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';

/** What answers each operation. */
export function handlers(
  deps: ServerDeps,
  server: { readonly authenticate: Authenticate; readonly closing: AbortSignal },
): Handlers {
  return {
    createCall: createCall(deps),
    followCall: followCall({ ...deps, closing: server.closing }),
    getRecording: getRecording(deps),
    explain: explain(deps),
    ...readCalls(deps),
    ...steerCalls(deps),
    ...suppressions(deps),
    ...dialling(deps),
    ...keys({ ...deps, authenticate: server.authenticate }),
    ...webhookEndpoints(deps),
    ...operation(deps),
    async forget({ body, caller }) {
      const { erased, alreadyGone, couldNotReach } = await deps.forget(body.number.number, caller.name);
      const report: ForgetReportView = {
        erased,
        alreadyGone,
        couldNotReach: couldNotReach.map((left) => ({ ...left })),
      };
      return { status: 200, body: report };
    },
  };
}
