import { createNodeFetch } from '../providers/node-fetch.ts';

/** How the sandbox reaches receivers of its webhooks: they have this many milliseconds of real time, however fast its calls go. */
export function createSandboxFetch() {
  return createNodeFetch({ connectTimeoutMs: 10_000, replyTimeoutMs: 30_000 });
}
