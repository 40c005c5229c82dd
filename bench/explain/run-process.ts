import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export interface ProcessRun {
  readonly code: number | null;
  readonly wallMs: number;
  /** The most memory that it held, in MB; `undefined` where it was killed. */
  readonly peakMb: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessLimits {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** It is killed after this time. */
  readonly mostMs: number;
  readonly stdin?: string;
}

/** A script that tells the peak memory of the process that requires it on file descriptor 3. */
export function writeMemoryProbe(folder: string): string {
  const file = path.join(folder, 'memory.cjs');
  const line = `process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)));\n`;
  writeFileSync(file, line);
  return file;
}

/** Runs node as a process of its own, with the probe in it. */
export function runProcess(
  probe: string,
  nodeArguments: readonly string[],
  limits: ProcessLimits,
): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ['--require', probe, ...nodeArguments], {
      cwd: limits.cwd,
      env: { PATH: process.env.PATH, ...limits.environment },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '', memory: '' };
    child.stdout.on('data', (data) => {
      texts.stdout += String(data);
    });
    child.stderr.on('data', (data) => {
      texts.stderr += String(data);
    });
    child.stdio[3]?.on('data', (data) => {
      texts.memory += String(data);
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), limits.mostMs);
    // A process that ends before it has read all is no fault of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(limits.stdin ?? '');
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({
        code,
        wallMs: performance.now() - started,
        peakMb: texts.memory === '' ? undefined : Number(texts.memory) / 1024,
        stdout: texts.stdout,
        stderr: texts.stderr,
      });
    });
  });
}
