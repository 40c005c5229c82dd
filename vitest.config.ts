import { defineConfig } from 'vitest/config';
import { plainReporter } from './test/fixtures/plain-reporter.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/live/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
    pool: 'forks',
    reporters: ['default', plainReporter(Boolean(process.env.CI))],
  },
});
