import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../kernel/virtual-clock.ts';
import { createExplainer, type Explainer } from './create-explainer.ts';

/** A thread that does as the body says, and counts what it was asked. */
const thread = `import { parentPort } from 'node:worker_threads';
let count = 0;
parentPort.on('message', (body) => {
  const word = Buffer.from(body).toString();
  count++;
  if (word === 'hang') return;
  if (word === 'loop') for (;;);
  if (word === 'exit') process.exit(1);
  if (word === 'throw') throw new Error('broken');
  if (word === 'bug') return parentPort.postMessage({ kind: 'bug', why: 'a bug' });
  parentPort.postMessage({ kind: 'explained', json: String(count) });
});
`;

let folder: string;
let workerFile: string;
let clock: VirtualClock;
let explainer: Explainer;
const never = new AbortController().signal;
const ask = (word: string, signal = never) => explainer.explain(Buffer.from(word), signal);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-explainer-'));
  workerFile = path.join(folder, 'thread.mjs');
  await writeFile(workerFile, thread);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  clock = createVirtualClock();
  explainer = createExplainer({ workerFile, files: new Map(), clock });
});
afterEach(() => explainer.close());

describe('the thread that explains', () => {
  it('serves one request after the other, and is kept between them', async () => {
    const answers = await Promise.all([ask('a'), ask('b'), ask('c')]);
    expect(answers).toEqual(['1', '2', '3'].map((json) => ({ kind: 'explained', json })));
  });

  it('is given back when nothing was asked for a minute', async () => {
    await ask('a');
    await clock.advance(60_000);
    expect(await ask('b')).toEqual({ kind: 'explained', json: '1' });
  });

  it.each(['hang', 'loop'])(
    'is ended where a request takes too long (%s), and another one serves the next',
    async (word) => {
      const slow = ask(word);
      const next = ask('next');
      await vi.waitFor(async () => {
        await clock.advance(1_000);
        expect(await Promise.race([slow, Promise.resolve('open')])).toMatchObject({ code: 'too-costly' });
      });
      expect(await next).toEqual({ kind: 'explained', json: '1' });
    },
  );

  it.each(['exit', 'throw', 'bug'])('that fails (%s) fails this request, and no other', async (word) => {
    const failing = ask(word);
    const next = ask('next');
    await expect(failing).rejects.toThrow();
    expect(await next).toMatchObject({ kind: 'explained' });
  });

  it('has eight requests wait, and refuses the ones after', async () => {
    const all = Array.from({ length: 11 }, (_, index) => ask(String(index)));
    const answers = await Promise.all(all);
    expect(answers.filter(({ kind }) => kind === 'explained')).toHaveLength(9);
    expect(answers.at(-1)).toMatchObject({ kind: 'refused', code: 'too-many-requests' });
  });

  it('is not asked for a client that has gone away', async () => {
    const gone = new AbortController();
    const answers = [ask('a'), ask('b', gone.signal), ask('c')];
    gone.abort();
    expect(await Promise.all(answers)).toMatchObject([{ json: '1' }, { kind: 'refused' }, { json: '2' }]);
  });

  it('is missing from a server that was built without it', async () => {
    const without = createExplainer({ workerFile: path.join(folder, 'none.js'), files: new Map(), clock });
    expect(await without.explain(Buffer.from('a'), never)).toMatchObject({ code: 'not-ready' });
  });
});
