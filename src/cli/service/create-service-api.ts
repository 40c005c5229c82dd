import { ApiError, type DonnaClient } from '../../client/index.ts';
import { asAppError } from './as-app-error.ts';
import type { ServiceApi, SubmittedCall } from './service-api.ts';

type Verb<Args extends unknown[], Result> = (...args: Args) => Promise<Result>;

/** The client of Donna's API in the words of the commands: what the server refuses becomes an AppError. */
export function createServiceApi(client: DonnaClient): ServiceApi {
  const { calls, suppressions, keys, dialling } = client;
  return {
    async createCall(asked, idempotencyKey) {
      try {
        const { replayed, ...call } = await calls.create(asked, { idempotencyKey });
        return { kind: 'submitted', call, replayed };
      } catch (error) {
        const refused = refusal(error);
        if (refused) return refused;
        if (error instanceof ApiError && error.code === 'idempotency-mismatch')
          return { kind: 'other-request' };
        throw asAppError(error);
      }
    },
    listCalls: told(calls.list),
    getCall: told(calls.get),
    getTimeline: told(calls.timeline),
    async *followCall(id, options) {
      try {
        yield* calls.follow(id, options);
      } catch (error) {
        throw asAppError(error);
      }
    },
    cancelCall: told(calls.cancel),
    retryCall: told(calls.retry),
    resolveCall: told(calls.resolve),
    listSuppressions: told(suppressions.list),
    addSuppression: told(suppressions.add),
    removeSuppression: told(suppressions.remove),
    readDialling: told(dialling.read),
    stopDialling: told(dialling.stop),
    resumeDialling: told(dialling.resume),
    forget: told(client.forget),
    listKeys: told(keys.list),
    createKey: told(keys.create),
    revokeKey: told(keys.revoke),
  };
}

function told<Args extends unknown[], Result>(verb: Verb<Args, Result>): Verb<Args, Result> {
  return async (...args) => {
    try {
      return await verb(...args);
    } catch (error) {
      throw asAppError(error);
    }
  };
}

/** What checks found against a call is told as today's own checks are, and is no error of the command. */
function refusal(error: unknown): SubmittedCall | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { code, message, findings } = error;
  if (code !== 'guard' && code !== 'gate' && code !== 'preflight') return undefined;
  return { kind: 'refused', code, detail: message, findings };
}
