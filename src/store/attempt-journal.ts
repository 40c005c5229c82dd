import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { AttemptEntry, AttemptJournal } from '../calls/ports.ts';
import { AppError } from '../kernel/errors.ts';
import { makeDirectory } from '../kernel/make-directory.ts';

const ids = {
  conversationId: z.string().optional(),
  callSid: z.string().optional(),
  sipCallId: z.string().optional(),
};
const facts = { attempt: z.string(), at: z.string() };

const entrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dialing'),
    ...facts,
    to: z.string(),
    lineId: z.string(),
    lineNumber: z.string(),
    agentId: z.string(),
    fingerprint: z.string(),
    userId: z.string(),
    again: z.boolean(),
    account: z.string().optional(),
  }),
  z.object({ kind: z.literal('withdrawn'), ...facts, why: z.string() }),
  z.object({ kind: z.literal('accepted'), ...facts, ...ids }),
  z.object({ kind: z.literal('not-placed'), ...facts, ...ids, code: z.string() }),
  z.object({ kind: z.literal('unknown'), ...facts, why: z.string() }),
  z.object({ kind: z.literal('ended'), ...facts, outcome: z.string() }),
]);

/**
 * The journal of attempts in one file, a JSON object a line (`<data>/attempts.ndjson`, mode 0600: it holds phone
 * numbers). Appends go through O_APPEND in one write each, so lines of several processes do not mix, and are synced before
 * they count. A line torn by a crash is closed by the next append, which says so, and is passed over when read: its write never
 * counted. Any other line that cannot be read may hide an open call, so the journal is then refused as a whole.
 */
export function createAttemptJournal(file: string): AttemptJournal {
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw unusable(file, error);
      }
      return entriesOf(file, text);
    },
    async append(entry) {
      try {
        await makeDirectory(path.dirname(file));
        const handle = await open(file, 'a+', 0o600);
        try {
          const { size } = await handle.stat();
          const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(size - 1, 0));
          const torn = bytesRead === 1 && buffer[0] !== 0x0a;
          const line = Buffer.from(`${torn ? `\n${TORN}\n` : ''}${JSON.stringify(entry)}\n`);
          const { bytesWritten } = await handle.write(line);
          // A full disk takes a part of it without an error.
          if (bytesWritten !== line.byteLength) throw new Error('the line was written in part only');
          await handle.datasync();
          if (size === 0) await syncDirectory(path.dirname(file));
        } finally {
          await handle.close();
        }
      } catch (error) {
        throw unusable(file, error);
      }
    },
  };
}

/** A new file's name is on the disk only when its directory is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Written behind a torn line by whoever closes it. */
const TORN = '{"kind":"torn"}';

function entriesOf(file: string, text: string): AttemptEntry[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line === '' || line === TORN) return [];
    const entry = entryOf(line);
    if (entry) return [entry];
    const torn = index === lines.length - 1 || lines[index + 1] === TORN;
    if (torn) return [];
    throw new AppError(
      'storage',
      `The journal of attempts is damaged: ${file}, line ${index + 1} is not an entry.`,
      {
        hint: 'Mend or remove that line (keep a copy): it may be a call that is still open. Nothing is dialled until then.',
      },
    );
  });
}

function entryOf(line: string): AttemptEntry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data as AttemptEntry | undefined;
  } catch {
    return undefined;
  }
}

function unusable(file: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  return new AppError(
    'storage',
    `The journal of attempts cannot be used: ${file} (${code ?? (cause as Error).message}).`,
    {
      hint: 'Make the data directory writable, or name another with DONNA_DATA_DIR. Nothing is dialled without a journal.',
      cause,
    },
  );
}
