import { createHash } from 'node:crypto';

/** What happened in a run, line by line. Two runs of one seed have the same hash. */
export interface Trace {
  add(who: string, what: string): void;
  readonly hash: string;
  readonly lines: readonly string[];
}

/** `keep`: for reading. Without it only the hash is made. */
export function createTrace(nowMs: () => number, keep: boolean): Trace {
  const hash = createHash('sha256');
  const lines: string[] = [];
  let digest: string | undefined;
  return {
    add(who, what) {
      const line = `${(nowMs() / 1000).toFixed(3).padStart(10)}  ${who.padEnd(8)} ${what}`;
      hash.update(line);
      if (keep) lines.push(line);
    },
    get hash() {
      digest ??= hash.digest('hex').slice(0, 16);
      return digest;
    },
    lines,
  };
}
