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
    reporters: ['default', plainReporter(Boolean(process.env.CI))],
  },
});
