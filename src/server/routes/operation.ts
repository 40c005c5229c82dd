import type { Readiness } from '../../api/health.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handlers } from '../exchange.ts';

/** An answer that takes longer is none: a probe of an orchestrator waits no longer either. */
const READY_WITHIN_MS = 2000;

/** What those who run the service look at. */
export function operation(
  deps: Pick<ServerDeps, 'ready' | 'metrics' | 'clock' | 'log'>,
): Pick<Handlers, 'healthz' | 'readyz' | 'metrics'> {
  const { clock, metrics, log } = deps;

  async function checks(): Promise<Readiness['checks']> {
    let cancel = () => {};
    const late = new Promise<Readiness['checks']>((resolve) => {
      const detail = `no answer in ${READY_WITHIN_MS / 1000} s`;
      cancel = clock.schedule(READY_WITHIN_MS, () => resolve([{ name: 'database', ok: false, detail }]));
    });
    try {
      return await Promise.race([deps.ready().then((all) => all.map((check) => ({ ...check }))), late]);
    } catch (error) {
      log.warn({ err: error }, 'readiness could not be told');
      return [{ name: 'database', ok: false, detail: 'it cannot be asked' }];
    } finally {
      cancel();
    }
  }

  return {
    healthz: async () => ({ status: 200, body: { status: 'ok' } }),
    async readyz() {
      const all = await checks();
      const body: Readiness = { ready: all.every(({ ok }) => ok), checks: all };
      return { status: body.ready ? 200 : 503, body };
    },
    metrics: async () =>
      new Response(await metrics.text(), { status: 200, headers: { 'Content-Type': metrics.contentType } }),
  };
}
