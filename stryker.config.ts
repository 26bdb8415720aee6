const rooms = ['units', 'metering', 'tariff', 'cdr'];

/** Breaks one thing at a time in what a bill is made of, and counts how often the tests of those rooms notice. */
export default {
  mutate: rooms.map((room) => `core/${room}/**/*.ts`),
  // What these tests need, and nothing else, is copied to where it is broken.
  ignorePatterns: [
    '**',
    ...['core', 'test/core', 'test/golden'].map((folder) => `!${folder}/**`),
    ...['package.json', 'tsconfig.json', 'vitest.*.ts'].map((file) => `!${file}`),
  ],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  coverageAnalysis: 'perTest',
  // A table that is read once at import cannot be broken for one test alone.
  ignoreStatic: true,
  concurrency: 1,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  tempDirName: 'reports/mutation/sandbox',
  reporters: ['clear-text', 'progress', 'html'],
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  // The first would need the API of an older TypeScript, and nothing here looks at types.
  tsconfigFile: 'none',
  disableTypeChecks: false,
};
