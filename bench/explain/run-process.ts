import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export interface ProcessRun {
  readonly code: number | null;
  readonly wallMs: number;
  /** Of all its threads; it says more than the wall where the machine is busy. `undefined` where it was killed. */
  readonly processorMs: number | undefined;
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

/** A script that tells what the process that requires it has used, on file descriptor 3. */
export function writeUsageProbe(folder: string): string {
  const file = path.join(folder, 'usage.cjs');
  const line = `process.on('exit', () => require('node:fs').writeSync(3, JSON.stringify(process.resourceUsage())));\n`;
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
    const texts = { stdout: '', stderr: '', usage: '' };
    child.stdout.on('data', (data) => {
      texts.stdout += String(data);
    });
    child.stderr.on('data', (data) => {
      texts.stderr += String(data);
    });
    child.stdio[3]?.on('data', (data) => {
      texts.usage += String(data);
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
        ...usageOf(texts.usage),
        stdout: texts.stdout,
        stderr: texts.stderr,
      });
    });
  });
}

function usageOf(text: string): Pick<ProcessRun, 'processorMs' | 'peakMb'> {
  if (text === '') return { processorMs: undefined, peakMb: undefined };
  const usage = JSON.parse(text) as NodeJS.ResourceUsage;
  return { processorMs: (usage.userCPUTime + usage.systemCPUTime) / 1000, peakMb: usage.maxRSS / 1024 };
}
