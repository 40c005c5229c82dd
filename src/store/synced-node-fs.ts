import { closeSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Init = NodeFS['init'];
type Module = Parameters<NonNullable<NonNullable<Parameters<Init>[1]['preRun']>[number]>>[0];

/** An open file of Emscripten's NODEFS; folders have no descriptor of the machine's. */
interface Stream {
  readonly nfd?: number;
  readonly node: object;
}

interface HostFiles {
  realPath(node: object): string;
  readonly stream_ops: { fsync?: (stream: Stream) => number };
}

/**
 * PGlite's file system on a folder, with an fsync that reaches the disk. PGlite's own (0.5.16) answers fsync without doing anything, and
 * starts PostgreSQL with it turned off (https://github.com/electric-sql/pglite/issues/1107): what was committed then survives the end of the
 * process, but not the loss of power, and neither does the order of writes that crash recovery needs. Use it with `syncedStartParams`.
 */
export class SyncedNodeFs extends NodeFS {
  readonly #sync: (descriptor: number) => void;

  constructor(directory: string, sync: (descriptor: number) => void = fsyncSync) {
    super(directory);
    this.#sync = sync;
  }

  override async init(...[database, options]: Parameters<Init>): ReturnType<Init> {
    const addSync = (module: Module) => {
      const files = module.NODEFS as unknown as HostFiles;
      files.stream_ops.fsync = (stream) => this.#syncStream(files, stream);
    };
    return super.init(database, { ...options, preRun: [...(options.preRun ?? []), addSync] });
  }

  #syncStream(files: HostFiles, stream: Stream): number {
    try {
      if (stream.nfd !== undefined) this.#sync(stream.nfd);
      else this.#syncFolder(files.realPath(stream.node));
      return 0;
    } catch (error) {
      // PostgreSQL passes over a folder that cannot be synced (EBADF, EINVAL), as on Windows, and stops on anything else.
      return stream.nfd === undefined && process.platform === 'win32' ? EBADF : failureOf(error);
    }
  }

  #syncFolder(path: string): void {
    const descriptor = openSync(path, 'r');
    try {
      this.#sync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}

/** WASI's numbers, which Emscripten uses. */
const EBADF = 8;
const EIO = 29;
const ENOSPC = 51;

function failureOf(error: unknown): number {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? ENOSPC : EIO;
}

/** PGlite's start parameters with fsync on, by the one call of its that reaches `SyncedNodeFs`: its fdatasync never does. */
export function syncedStartParams(defaults: readonly string[]): string[] {
  return [...defaults.filter((one) => one !== '-F'), '-c', 'fsync=on', '-c', 'wal_sync_method=fsync'];
}
