import type { Cli } from '../cli/cli.ts';
import { terminalLine } from '../cli/terminal-line.ts';

/** The terminal, or the pipes, that this process was started with. */
export function createTerminal(): Cli {
  const interrupted = new AbortController();
  // A service manager and a closing terminal stop a command as Ctrl-C does: it says what goes on without it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupted.abort());
  // A reader that has seen enough (`donna … | head`) is no error, and no reason to end in the middle of a call.
  const closed = new Set<NodeJS.WriteStream>();
  const write = (stream: NodeJS.WriteStream, line: string) => {
    if (!closed.has(stream)) stream.write(`${terminalLine(line)}\n`);
  };
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      closed.add(stream);
      if (error.code !== 'EPIPE')
        write(process.stderr, `donna: the output cannot be written (${error.code}).`);
    });
  }
  return {
    out: (line) => write(process.stdout, line),
    err: (line) => write(process.stderr, line),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    color: process.stdout.isTTY === true && process.stdout.hasColors(),
    columns: process.stdout.columns,
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
