import * as z from 'zod';
import { callees } from '../callees/index.ts';
import type { World } from '../world.ts';
import type { RawRequest } from './answer.ts';
import { ok, plainRefusal, type Reply } from './refusals.ts';

/**
 * The sandbox's own API under `/_sandbox`: faults, journal, callees. Only for programs of this machine: a name that
 * is not loopback's is refused (a web page could point its own name here), a body must be JSON, and no browser is
 * let in from another page.
 */
export async function adminReply(world: World, request: RawRequest): Promise<Reply> {
  if (!isLoopbackName(request.headers.host))
    return plainRefusal(403, 'Only for loopback names such as 127.0.0.1.');
  if (request.headers.origin !== undefined && !isLoopbackName(hostOf(request.headers.origin))) {
    return plainRefusal(403, 'Not for web pages of other places.');
  }
  const allowed = Object.keys(actions).filter((key) => key.endsWith(` ${request.path}`));
  const action = actions[`${request.method} ${request.path}`];
  if (action) return action(world, request);
  if (allowed.length === 0) return plainRefusal(404, 'Not Found');
  return plainRefusal(405, 'Method Not Allowed', {
    allow: allowed.map((key) => key.split(' ')[0]).join(', '),
  });
}

const actions: Readonly<Record<string, (world: World, request: RawRequest) => Reply | Promise<Reply>>> = {
  'GET /_sandbox/callees': () =>
    ok({ callees: callees.map(({ name, suffixes, summary }) => ({ name, suffixes, summary })) }),
  'GET /_sandbox/journal': async ({ journal }) => {
    const requests = journal.requests.map(async (entry) => {
      const explanation = await journal.explain(entry);
      return explanation ? { ...entry, explanation } : entry;
    });
    return ok({ requests: await Promise.all(requests), rings: journal.rings, webhooks: journal.webhooks });
  },
  'DELETE /_sandbox/journal': ({ journal }) => {
    journal.clear();
    return ok({});
  },
  'GET /_sandbox/faults': ({ faults }) => ok({ faults: faults.list() }),
  'DELETE /_sandbox/faults': ({ faults }) => {
    faults.clear();
    return ok({ faults: [] });
  },
  'POST /_sandbox/faults': addFault,
};

function addFault(world: World, request: RawRequest): Reply {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return plainRefusal(415, 'Send application/json.');
  }
  try {
    return ok(world.faults.add(JSON.parse(Buffer.from(request.bytes).toString('utf8'))), 201);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'The body is not JSON.';
    return plainRefusal(422, why);
  }
}

function isLoopbackName(host: string | undefined): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
