import { defineConfig } from 'vitest/config';

// Tests that start a whole world (worker, Redis, browser) run one after another: they would only slow each other down.
const WORLD_TESTS = ['test/flow/**/*.test.ts', 'test/browser/**/*.test.ts', 'test/runtime/**/*.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    // The JSON report is what .ci/run counts.
    reporters: ['default', ['json', { outputFile: '.penumbra/reports/vitest.json' }]],
    projects: [
      {
        test: {
          name: 'units',
          include: ['test/**/*.test.ts'],
          exclude: WORLD_TESTS,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'world',
          include: WORLD_TESTS,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
