import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** `donna serve` as a process of its own. */
export interface ServeProcess {
  readonly url: string;
  /** Asks it as the machine's own user. */
  request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ServeReply>;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<unknown>;
}

export interface ServeReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a reply of the API, whose shape is what the caller is about.
  readonly json: any;
}

const entry = path.join(fileURLToPath(new URL('../..', import.meta.url)), 'dist', 'donna.js');
const REPLY_WITHIN_MS = 10_000;
const running = new Set<ChildProcess>();
// However this process ends: nothing of it goes on dialling.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a server on a free port, and resolves once it listens. Rejects with what it said when it ends before. */
export function startServe(environment: Record<string, string>): Promise<ServeProcess> {
  const child = spawn(process.execPath, [entry, 'serve', '--port', '0', '--json'], {
    // Not the environment of this process: it may name a real account.
    env: { PATH: process.env.PATH, DONNA_LOG_LEVEL: 'warn', ...environment },
    cwd: environment.DONNA_DATA_DIR,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  child.stderr.on('data', (data) => {
    said = (said + data).slice(-4000);
  });
  const ended = new Promise((resolve) =>
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
      if (!out.includes('\n')) return;
      const { url } = JSON.parse(out) as { url: string };
      resolve({
        url,
        request: requests(url, tokenOf(environment)),
        signal: (name) => child.kill(name),
        ended,
      });
    });
    void ended.then((code) => reject(new Error(`donna serve ended with ${code}:\n${said}`)));
  });
}

function tokenOf({ DONNA_DATA_DIR = '' }: Record<string, string>): string {
  return (JSON.parse(readFileSync(path.join(DONNA_DATA_DIR, 'server.json'), 'utf8')) as { token: string })
    .token;
}

function requests(url: string, token: string): ServeProcess['request'] {
  return async (method, target, body, headers) => {
    const reply = await fetch(url + target, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(REPLY_WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: reply.status, json: await reply.json() };
  };
}
