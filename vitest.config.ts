import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { changingTheirProcess } from './test/set-up/changing-their-process.ts';
import { filesInMemory } from './test/set-up/files-in-memory.ts';
import { LongestFirst } from './test/set-up/longest-first.ts';
import { replacingModules } from './test/set-up/replacing-modules.ts';

/** What starts the whole stack, from the synthesized app. */
const stack = ['test/flow/**', 'test/fleet/demo/run-demo.test.ts', 'test/runner/start/**'];
/** What stands on the two tables: on every engine, and on the embedded one. */
const contracts = ['test/contracts/**'];
const lambdas = ['test/lambdas/**'];
/** Of these, what cannot share a process with others. */
const functions = changingTheirProcess('test/lambdas');
/** What needs Vite to load modules. */
const modules = replacingModules('test/lambdas');
/** What starts servers, workers, engines or programs, or changes the process that it runs in. */
const parts = [
  'test/runner/**',
  'test/cli/doctor-of-a-deployed-stack.test.ts',
  'test/cli/joulegate.test.ts',
];
/** What takes seconds and needs nothing: laws over whole documents, and signatures. */
const long = [
  'test/bench/scale.test.ts',
  'test/clients/api-client.test.ts',
  'test/core/account/statement.test.ts',
  'test/core/cdr/any-json.test.ts',
  'test/core/cdr/late-readings.test.ts',
  'test/core/cdr/signed-size.test.ts',
  'test/core/cdr/verify-signed.test.ts',
  'test/core/metering/running-energy.test.ts',
  'test/core/ocmf/check-signed-values.test.ts',
  'test/core/ocmf/laws.test.ts',
  'test/core/ocpi/bad-documents.test.ts',
  'test/core/ocpi/golden-documents.test.ts',
  'test/core/ocpi/kept-text.test.ts',
  'test/core/ocpi/publish/partner-cdr.test.ts',
  'test/core/ocpi/translations.test.ts',
  'test/core/ocpp/null-properties.test.ts',
  'test/core/ocpp/v16/requests.test.ts',
  'test/core/ocpp/v201/messages.test.ts',
  'test/core/ocpp/v201/requests.test.ts',
  'test/core/ocpp/v21/messages.test.ts',
  'test/core/ocpp/v2x/refusals.test.ts',
  'test/core/session/real-sessions.test.ts',
  'test/core/session/recorded-sessions.test.ts',
  'test/core/tariff/clock-oracle.test.ts',
];
/** What synthesizes: the CDK is loaded once for all files. */
const stacks = ['test/stacks/**'];

// What tests load, and the programs that they start, is compiled once for all of them.
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/joulegate/compiled');

// Where `os.tmpdir()` is, for tests and all that they start.
const inMemory = process.env['TMPDIR'] ? undefined : filesInMemory();
if (inMemory !== undefined) process.env['TMPDIR'] = inMemory;

const named = (folders: readonly string[]): string[] =>
  folders.map((folder) => folder.replace(/\*\*$/, '**/*.test.ts'));

/** Said for every project; projects inherit nothing, or each would set up what only one needs. */
const common = {
  // Node runs TypeScript by itself: what Vite would transform for each project is compiled once, and read again by each worker.
  experimental: { viteModuleRunner: false },
  setupFiles: ['test/set-up/keep-compiled.ts', 'test/set-up/laws.ts'],
  // A stack has a heap in each of its functions: each is collected by its own thread, and not by several that wait for cores.
  execArgv: ['--single-threaded-gc'],
  // A new order each time: the seed is printed, and `--sequence.seed` repeats it.
  sequence: { shuffle: { tests: true, files: false } },
  // For what hangs: a busy machine may take its time. What is waited for with `expect.poll` is named before the test is given up.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 150_000 } },
};

export default defineConfig({
  test: {
    // One more than cores: the long files wait for their chargers most of the time.
    maxWorkers: availableParallelism() + 1,
    globalSetup: ['test/set-up/say-what-was-left-out.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...named([...stack, ...contracts, ...lambdas, ...parts, ...stacks]), ...long],
          // Nothing here outlives a call, so that a worker may serve one file after the other.
          isolate: false,
        },
      },
      { test: { ...common, name: 'long', include: long, isolate: false } },
      {
        test: {
          ...common,
          name: 'contracts',
          isolate: false,
          include: named(contracts),
          globalSetup: ['test/set-up/start-engines.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'lambdas',
          include: named(lambdas),
          exclude: [...functions, ...modules],
          globalSetup: ['test/set-up/start-engines.ts'],
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: 'functions',
          include: [...functions],
          exclude: [...modules],
          globalSetup: ['test/set-up/start-engines.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'modules',
          experimental: { viteModuleRunner: true },
          include: [...modules],
          globalSetup: ['test/set-up/start-engines.ts'],
        },
      },
      { test: { ...common, name: 'parts', include: named(parts), exclude: named(stack) } },
      { test: { ...common, name: 'stacks', include: named(stacks), isolate: false } },
      {
        test: {
          ...common,
          name: 'stack',
          include: named(stack),
          globalSetup: ['test/set-up/synthesize-once.ts'],
        },
      },
    ],
  },
});
