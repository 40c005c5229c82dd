import { AppError } from '../../kernel/errors.ts';
import type { VoiceProvider } from '../ports.ts';

/** How long an agent's conversations are kept, where that is not for ever. */
export interface Retention {
  readonly agentId: string;
  readonly name: string;
  /** 0: nothing is kept at all. */
  readonly days: number;
}

const AT_ONCE = 8;

/**
 * Which agents forget their conversations: a call that is older than that proves nothing by having none. `undefined` when the key
 * may not read agents.
 */
export async function readRetention(
  provider: Pick<VoiceProvider, 'agents' | 'agent'>,
  patiently: <T>(read: () => Promise<T>) => Promise<T>,
): Promise<readonly Retention[] | undefined> {
  try {
    const found: Retention[] = [];
    const waiting = (await patiently(() => provider.agents())).values();
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (const { id, name } of waiting) {
        const privacy = (await patiently(() => provider.agent(id)))?.platform_settings?.privacy;
        const days = privacy?.zero_retention_mode === true ? 0 : Number(privacy?.retention_days ?? -1);
        if (days >= 0) found.push({ agentId: id, name, days });
      }
    });
    await Promise.all(workers);
    return found;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

const DAY_MS = 86_400_000;

/** Whether conversations of that time are still kept: by that agent, or by every agent when none is given. */
export function isKept(
  retentions: readonly Retention[],
  call: { readonly atMs: number; readonly agentId?: string | undefined },
  nowMs: number,
): boolean {
  return retentions.every(
    ({ agentId, days }) =>
      (call.agentId !== undefined && call.agentId !== agentId) || call.atMs >= nowMs - days * DAY_MS,
  );
}
