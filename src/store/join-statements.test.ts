import { describe, expect, it } from 'vitest';
import type { LifeWrite } from '../calls/call-store.ts';
import { AppError } from '../kernel/errors.ts';
import { joinStatements } from './join-statements.ts';

const writeOf = (attemptId: string) =>
  ({ ticket: { attemptId, fence: 1, version: 1, owner: 'node-1' } }) as LifeWrite;

/** A database whose statements are answered by hand. */
function setUp() {
  const statements: { ids: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const write = joinStatements(
    (writes: readonly LifeWrite[]) =>
      new Promise<boolean[]>((resolve, reject) => {
        const ids = writes.map(({ ticket }) => ticket.attemptId);
        statements.push({
          ids,
          answer: () => resolve(ids.map((id) => !id.startsWith('stale'))),
          fail: reject,
        });
      }),
  );
  return { write, statements };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('joinStatements', () => {
  it('writes at once, and joins what comes meanwhile in its order', async () => {
    const { write, statements } = setUp();
    const answers = ['a', 'b', 'stale-c', 'd'].map((id) => write([writeOf(id)]));
    const pair = write([writeOf('stale-e'), writeOf('f')]);
    expect(statements.map(({ ids }) => ids)).toEqual([['a']]);
    statements[0]?.answer();
    await settled();
    expect(statements[1]?.ids).toEqual(['b', 'stale-c', 'd', 'stale-e', 'f']);
    statements[1]?.answer();
    expect(await Promise.all(answers)).toEqual([[true], [true], [false], [true]]);
    expect(await pair).toEqual([false, true]);
  });

  it('takes no more than a hundred into one statement', async () => {
    const { write, statements } = setUp();
    const answers = Array.from({ length: 151 }, (_, index) => write([writeOf(`a${index}`)]));
    for (let index = 0; index < 3; index++) {
      statements[index]?.answer();
      await settled();
    }
    await Promise.all(answers);
    expect(statements.map(({ ids }) => ids.length)).toEqual([1, 100, 50]);
  });

  it('lets a write that is refused fail alone', async () => {
    const { write, statements } = setUp();
    const first = write([writeOf('a')]);
    const [good, bad] = [write([writeOf('b')]), write([writeOf('c')])];
    statements[0]?.answer();
    await settled();
    statements[1]?.fail(new AppError('storage', 'one row is refused'));
    await settled();
    expect(statements.slice(2).map(({ ids }) => ids)).toEqual([['b'], ['c']]);
    statements[2]?.answer();
    statements[3]?.fail(new AppError('storage', 'this row is refused'));
    expect(await first).toEqual([true]);
    expect(await good).toEqual([true]);
    await expect(bad).rejects.toThrow('this row is refused');
  });

  it('goes on after a failure', async () => {
    const { write, statements } = setUp();
    const first = write([writeOf('a')]);
    statements[0]?.fail(new AppError('storage', 'the database is away'));
    await expect(first).rejects.toThrow('the database is away');
    const second = write([writeOf('a')]);
    await settled();
    statements[1]?.answer();
    expect(await second).toEqual([true]);
  });
});
