import { defineConfig } from 'vitest/config';

// Rings a real phone. Only `npm run test:live` uses it, and that asks for every setting by name first.
export default defineConfig({
  test: {
    include: ['test/live/**/*.test.ts'],
    testTimeout: 15 * 60_000,
    maxWorkers: 1,
    pool: 'forks',
    bail: 1,
  },
});
