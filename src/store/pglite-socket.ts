import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';

/** What of PGlite the socket speaks to. */
export type WireDatabase = Pick<PGlite, 'execProtocolRawSync' | 'isInTransaction'>;

/** PGlite's one session, which belongs to the socket that began it last. */
export interface WireSession {
  owner?: Duplex;
}

/**
 * The far end of a pg connection, in this process: takes the bytes that pg's client would send to a server, hands whole requests to
 * PGlite, and gives back the answer. So pg's own client does the rest: values, parsers, prepared statements, errors. PGlite has one
 * session: a new connection takes it from the one before. The wire: https://www.postgresql.org/docs/current/protocol-flow.html
 */
export class PgliteSocket extends Duplex {
  readonly #database: WireDatabase;
  readonly #session: WireSession;
  readonly #defer: (task: () => void) => void;
  #request: Uint8Array[] = [];

  constructor(database: WireDatabase, session: WireSession, defer: (task: () => void) => void) {
    super();
    this.#database = database;
    this.#session = session;
    this.#defer = defer;
  }

  connect(): this {
    this.#defer(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  /** pg's client writes one message at a time. */
  override _write(message: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#request.push(message);
    // PGlite closes every call with "ready for query", which must come once a request and not once a message.
    if (endsRequest(message)) this.#answer(isStartup(message), done);
    else done();
  }

  #answer(isStart: boolean, done: (error?: Error | null) => void): void {
    const request = Buffer.concat(this.#request);
    this.#request = [];
    try {
      if (isStart) this.#startSession();
      // Copied, since PGlite uses the memory of some answers again.
      const answer = Buffer.from(this.#database.execProtocolRawSync(request));
      // pg's client does not expect the answer before its own call has returned.
      this.#defer(() => {
        if (answer.length > 0 && !this.destroyed) this.push(answer);
        done();
      });
    } catch (error) {
      done(error as Error);
    }
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    try {
      if (this.#session.owner === this) this.#rollBack();
    } catch {
      // The database has been closed, and its transaction with it.
    }
    done(error);
  }

  /** A server begins a session with nothing of the one before: no transaction, prepared statements, settings or LISTEN. */
  #startSession(): void {
    this.#session.owner = this;
    this.#rollBack();
    this.#database.execProtocolRawSync(simpleQuery('discard all'));
  }

  #rollBack(): void {
    if (this.#database.isInTransaction()) this.#database.execProtocolRawSync(simpleQuery('rollback'));
  }
}

const Q = 0x51;
const closing: ReadonlySet<number | undefined> = new Set([Q, ...Buffer.from('SHFXcf')]);

/** Query, Sync, Flush, FunctionCall, Terminate, CopyDone, CopyFail; a start-up message begins with its length. */
function endsRequest(message: Uint8Array): boolean {
  return closing.has(message[0]) || isStartup(message);
}

function isStartup(message: Uint8Array): boolean {
  return message[0] === 0;
}

function simpleQuery(text: string): Uint8Array {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(5);
  head.writeUInt8(Q, 0);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
