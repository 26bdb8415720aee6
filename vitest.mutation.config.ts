import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/core/{units,metering,tariff,ocpi,cdr}/**/*.test.ts'],
    setupFiles: ['test/core/fail-fast.ts'],
    testTimeout: 20_000,
    // Nothing in core outlives a call, so that a worker may serve one file after the other.
    isolate: false,
  },
});
