import type { RandomBytes } from '../kernel/ids.ts';

/** Ids in the forms of the providers. Each comes from random bytes, so a simulation repeats them. */
export interface SandboxIds {
  readonly conversation: () => string;
  readonly agent: () => string;
  readonly line: () => string;
  readonly webhook: () => string;
  readonly webhookSecret: () => string;
  readonly delivery: () => string;
  /** 32 hexadecimal digits after a Twilio prefix: `CA`, `MZ`, `PN`, `RQ`. */
  readonly twilio: (prefix: 'CA' | 'MZ' | 'PN' | 'RQ') => string;
  readonly sipCall: () => string;
  readonly request: () => string;
}

export function createSandboxIds(randomBytes: RandomBytes): SandboxIds {
  const hex = (bytes: number) => Buffer.from(randomBytes(bytes)).toString('hex');
  return {
    conversation: () => `conv_${hex(14)}`,
    agent: () => `agent_${hex(14)}`,
    line: () => `phnum_${hex(14)}`,
    webhook: () => hex(16),
    webhookSecret: () => `wsec_${hex(32)}`,
    delivery: () => `dlv_${hex(8)}`,
    twilio: (prefix) => `${prefix}${hex(16)}`,
    sipCall: () => `SCL_${hex(8)}`,
    request: () => hex(16),
  };
}
