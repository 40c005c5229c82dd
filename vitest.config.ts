import { defineConfig } from 'vitest/config';
import { plainReporter } from './test/fixtures/plain-reporter.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/live/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // One more than there are cores: several files mostly wait for a process or a lease.
    maxWorkers: 3,
    pool: 'forks',
    // No test changes its modules, so a worker loads each of them once: loading took a third of the whole time. Order makes no difference.
    isolate: false,
    reporters: ['default', plainReporter(Boolean(process.env.CI))],
  },
});
