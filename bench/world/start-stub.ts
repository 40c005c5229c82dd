import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleScript } from '../../test/fixtures/bundle-script.ts';
import type { StubSeen, StubSettings } from './stub-settings.ts';

export interface Stub {
  readonly url: string;
  seen(): Promise<StubSeen>;
  close(): void;
}

/** Starts the stub of the provider in a process of its own, on a free port of loopback. */
export async function startStub(settings: StubSettings): Promise<Stub> {
  const script = await bundleScript(pathToFileURL(path.resolve('bench/provider-stub.ts')));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    // What it is late by would be counted as ours.
    if (child.pid !== undefined) os.setPriority(child.pid, -15);
  } catch {
    // Not allowed here: the figures have its delays in them.
  }
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`The stub ended with ${code}.`)));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    seen: async () => (await fetch(`${url}/seen`)).json() as Promise<StubSeen>,
    close: () => void child.stdin.end(),
  };
}
