import type { Cli } from '../cli/cli.ts';

/** The terminal, or the pipes, that this process was started with. */
export function createTerminal(): Cli {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  // A reader that has seen enough (`donna … | head`) is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    color: process.stdout.isTTY === true && process.stdout.hasColors(),
    interrupted: interrupted.signal,
    setExitCode(code) {
      process.exitCode = code;
    },
    async confirm(question) {
      const { confirm, isCancel } = await import('@clack/prompts');
      const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
      return isCancel(answer) ? undefined : answer;
    },
  };
}
