import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../kernel/clock.ts';
import type { Explained, ServerDeps } from '../../server/deps.ts';

/** Seconds that one request may take; the largest documents that are published take a tenth of it. */
const MOST_SECONDS = 5;
/** Requests that wait while one is explained. */
const MOST_WAITING = 8;
/** The thread and the documents in it are given back after this. */
const IDLE_MS = 60_000;
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

export interface ExplainerParts {
  /** The built explain-worker.js. */
  readonly workerFile: string;
  /** Documents by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly clock: Pick<Clock, 'schedule'>;
}

export interface Explainer {
  readonly explain: ServerDeps['explain'];
  close(): Promise<void>;
}

type Answer = Explained | { readonly kind: 'bug'; readonly why: string };

/**
 * Explains requests of callers in a thread of its own, one after the other: a hostile document costs its sender a refusal, and the event loop nothing. A thread that takes too long, or runs out of memory, is ended, and the next request starts another.
 */
export function createExplainer({ workerFile, files, clock }: ExplainerParts): Explainer {
  let worker: Worker | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  let cancelIdle = () => {};

  function start(): Worker {
    const started = new Worker(workerFile, { workerData: [...files], resourceLimits: LIMITS, execArgv: [] });
    // It holds no process open that has nothing else to do.
    started.unref();
    // An error that comes after the end of a task ends no process.
    started.on('error', () => {});
    return started;
  }

  async function end(): Promise<void> {
    cancelIdle();
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  }

  function run(body: Uint8Array): Promise<Explained> {
    worker ??= start();
    const running = worker;
    cancelIdle();
    return new Promise<Explained>((resolve, reject) => {
      const settle = (result: () => void, keep: boolean) => {
        cancelLate();
        running.off('message', onMessage).off('error', onError).off('exit', onExit);
        if (keep) cancelIdle = clock.schedule(IDLE_MS, () => void end());
        else void end();
        result();
      };
      const onMessage = (answer: Answer) =>
        settle(() => (answer.kind === 'bug' ? reject(new Error(answer.why)) : resolve(answer)), true);
      const onError = (error: NodeJS.ErrnoException) =>
        settle(
          () =>
            error.code === 'ERR_WORKER_OUT_OF_MEMORY'
              ? resolve(tooCostly(`more than ${LIMITS.maxOldGenerationSizeMb} MB of memory`))
              : reject(error),
          false,
        );
      const onExit = () => settle(() => reject(new Error('The thread that explains ended.')), false);
      const cancelLate = clock.schedule(MOST_SECONDS * 1000, () =>
        settle(() => resolve(tooCostly(`more than ${MOST_SECONDS} s`)), false),
      );
      running.on('message', onMessage).on('error', onError).on('exit', onExit);
      running.postMessage(body);
    });
  }

  return {
    async explain(body, signal) {
      if (!existsSync(workerFile))
        return { kind: 'refused', code: 'not-ready', detail: 'This server was built without what explains.' };
      if (waiting > MOST_WAITING)
        return {
          kind: 'refused',
          code: 'too-many-requests',
          detail: 'Too many requests wait to be explained.',
        };
      waiting++;
      // What went wrong with the one before is told to its sender.
      const turn = last.catch(() => undefined).then(() => (signal.aborted ? gone : run(body)));
      last = turn;
      try {
        return await turn;
      } finally {
        waiting--;
      }
    },
    close: end,
  };
}

/** Nobody reads it any more. */
const gone: Explained = { kind: 'refused', code: 'not-ready', detail: 'The client has gone away.' };

function tooCostly(what: string): Explained {
  return {
    kind: 'refused',
    code: 'too-costly',
    detail: `To explain this request takes ${what}.`,
    hint: 'Leave out of the document what the request is not about.',
  };
}
