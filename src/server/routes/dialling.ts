import type { Dialling } from '../../api/dialling.ts';
import type { ServerDeps } from '../deps.ts';
import type { Answer, Handlers } from '../exchange.ts';
import { momentText } from '../views/moment-text.ts';

/** Stops all dialling, and lets it go on. */
export function dialling(
  deps: Pick<ServerDeps, 'stopSwitch' | 'clock' | 'log' | 'sandbox'>,
): Pick<Handlers, 'readDialling' | 'stopDialling' | 'resumeDialling'> {
  const { stopSwitch, clock, log } = deps;
  const state = async (): Promise<Answer> => {
    const order = await stopSwitch.read();
    const body: Dialling = {
      stopped: order !== undefined,
      by: order?.by ?? null,
      reason: order?.reason ?? null,
      at: momentText(order?.atMs),
      sandbox: deps.sandbox ?? null,
    };
    return { status: 200, body };
  };
  return {
    readDialling: state,
    async stopDialling({ body, caller }) {
      await stopSwitch.stop({ by: caller.name, reason: body.reason, atMs: clock.now() });
      log.warn({ by: caller.name }, 'dialling was stopped');
      return state();
    },
    async resumeDialling({ caller }) {
      if (await stopSwitch.resume()) log.warn({ by: caller.name }, 'dialling was resumed');
      return state();
    },
  };
}
