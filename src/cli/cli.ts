/** What a command may do to the person or program that called it. Built by main; tests pass a recording one. */
export interface Cli {
  /** A line for stdout, or a text of several: the answer, which a program may read. */
  out(line: string): void;
  /** One line for stderr: progress, warnings, hints. */
  err(line: string): void;
  /** stdin and stderr are a terminal, so a person can be asked. */
  readonly interactive: boolean;
  /** Colours and other escapes are welcome on the stream that `out` writes to. */
  readonly color: boolean;
  /** Width of the terminal that `out` writes to, in columns; absent where it is none. */
  readonly columns?: number | undefined;
  /** Aborts at the first Ctrl-C; the second one ends the process. */
  readonly interrupted: AbortSignal;
  /** The exit code the process will end with. Codes are in ARCHITECTURE.md. */
  setExitCode(code: number): void;
  /** Asks yes or no; `undefined` when the person gave up. Only where `interactive`. */
  confirm(question: string): Promise<boolean | undefined>;
}
