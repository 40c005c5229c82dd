import type { CallReport, FollowCallEvent, FollowedCall } from '../../../calls/index.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Service } from '../../service/service-api.ts';
import type { ReadReport } from './follow-served-call.ts';

/** The account, as a command without a server uses it. */
export interface ReportWorld {
  readonly sandbox: boolean;
  readonly followCall: (call: FollowedCall, signal?: AbortSignal) => AsyncGenerator<FollowCallEvent>;
  close(): Promise<void>;
}

/** The call is over; what is not there by then belongs to an account that cannot be read from here. */
const PATIENCE_MS = 5_000;

/**
 * Reads what was said from the account that is configured here, where it is of the kind that the server serves. The server itself keeps how a
 * call ended, and not what was said. It never fails: the end of the call is told all the same.
 */
export function createReadReport(
  server: Pick<Service, 'sandbox' | 'clock'>,
  open: (choice: { sandbox: boolean }) => Promise<ReportWorld>,
): ReadReport {
  return async ({ conversationId, callSid }) => {
    if (server.sandbox === undefined || conversationId === null) return undefined;
    const enough = new AbortController();
    const cancel = server.clock.schedule(PATIENCE_MS, () => enough.abort());
    let world: ReportWorld | undefined;
    try {
      world = await open({ sandbox: server.sandbox });
      if (world.sandbox !== server.sandbox) return undefined;
      return await read(world, { conversationId, callSid: callSid ?? undefined }, enough.signal);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    } finally {
      cancel();
      await world?.close();
    }
  };
}

async function read(
  world: ReportWorld,
  call: FollowedCall,
  signal: AbortSignal,
): Promise<CallReport | undefined> {
  for await (const event of world.followCall(call, signal)) {
    if (event.kind === 'ended') return event.report;
    if (event.kind === 'lost' || event.kind === 'trouble') return undefined;
  }
  return undefined;
}
