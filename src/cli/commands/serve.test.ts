import { describe, expect, it } from 'vitest';
import { createRecordingCli } from '../../../test/fixtures/recording-cli.ts';
import { runCommand } from '../../../test/fixtures/run-command.ts';
import { AppError } from '../../kernel/errors.ts';
import { declareServe, type RunningService, type ServeWorld } from './serve.ts';

function fakeWorld(more: Partial<RunningService> = {}) {
  const started: unknown[] = [];
  let closed = 0;
  const world: ServeWorld = {
    async start(options) {
      started.push(options);
      return {
        url: `http://127.0.0.1:${options.port}`,
        sandbox: options.sandbox,
        database: 'embedded',
        data: '/data',
        account: { baseUrl: 'https://api.elevenlabs.io', key: '…7x2k' },
        webhook: undefined,
        failed: new Promise(() => {}),
        close: async () => {
          closed++;
        },
        ...more,
      };
    },
  };
  return {
    world,
    started,
    get closed() {
      return closed;
    },
  };
}

/** Runs until what it printed shows that it listens, and then presses Ctrl-C. */
async function serve(fake: ReturnType<typeof fakeWorld>, args: readonly string[]) {
  const cli = createRecordingCli();
  const told = Object.assign(Object.create(cli), {
    err(line: string) {
      cli.err(line);
      if (line === 'Ctrl-C stops it.') cli.interrupt();
    },
  });
  await runCommand(declareServe, () => fake.world, args, told);
  return cli;
}

describe('donna serve', () => {
  it('listens on this machine alone, and says where, for whom and what keeps its data', async () => {
    const fake = fakeWorld();
    const cli = await serve(fake, []);
    expect(fake.started).toEqual([{ port: 4000, host: '127.0.0.1', sandbox: false }]);
    expect(cli.stdout.join('\n')).toMatch(
      /listens at http:\/\/127\.0\.0\.1:4000\ndocs: .*\/docs\naccount: .*…7x2k at https:\/\/api\.elevenlabs\.io: phones ring\ndatabase: +embedded, \/data/,
    );
    expect(fake.closed).toBe(1);
  });

  it('is one object with --json, and says that the sandbox calls nobody', async () => {
    const cli = await serve(fakeWorld(), ['--sandbox', '--json', '--port', '0', '--host', '0.0.0.0']);
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({ sandbox: true, database: 'embedded' });
    expect(cli.stdout).toHaveLength(1);
    expect(cli.stderr).toContain('sandbox: no phone will ring.');
  });

  it('ends with an error when it cannot go on by itself', async () => {
    const fake = fakeWorld({
      failed: Promise.resolve(new AppError('storage', 'Another server took the data directory.')),
    });
    const cli = await runCommand(declareServe, () => fake.world, []);
    expect([cli.exitCode, fake.closed]).toEqual([4, 1]);
    expect(cli.stderr.join('\n')).toContain('Another server took the data directory.');
  });

  it.each([
    ['--port', '70000'],
    ['--port', 'http'],
    ['--host', 'http://0.0.0.0:4000'],
    ['--host', ''],
  ])('refuses %s %s before anything is opened', async (option, value) => {
    const fake = fakeWorld();
    const cli = await runCommand(declareServe, () => fake.world, [option, value]);
    expect([cli.exitCode, fake.started]).toEqual([2, []]);
    expect(cli.stderr.join('\n')).toContain(option);
  });
});
