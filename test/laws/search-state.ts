import fc from 'fast-check';
import type { TaskMeta } from 'vitest';
import { manyRuns, type Search, skipsPerRun } from './many-runs.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The runs of each law of a test that was searched, in their order. */
    lawRuns?: number[];
  }
}

/** How far `npm run laws` asks this process to search; undefined in every other run of the tests. */
export function searchOf(environment: NodeJS.ProcessEnv): Search | undefined {
  const [times, seconds] = [
    environment['JOULEGATE_LAW_TIMES'],
    environment['JOULEGATE_LAW_SECONDS'],
  ];
  if (times === undefined || seconds === undefined) return undefined;
  return { times: Number(times), milliseconds: Number(seconds) * 1000 };
}

/** Set by `npm run fuzz` and `npm run chaos`, which ask their tests for more examples. */
const more = ['JOULEGATE_FUZZ_FRAMES', 'JOULEGATE_CHAOS_RUNS', 'JOULEGATE_CHAOS_SESSIONS'] as const;

/** Whether a run of the tests has the examples that the run before it had: every one does that was not asked for more of them. */
export const hasSameExamples = (environment: NodeJS.ProcessEnv): boolean =>
  searchOf(environment) === undefined && more.every((name) => environment[name] === undefined);

let current: TaskMeta | undefined;

/** Notes the runs of the laws that follow in what is reported of this test. */
export const noteIn = (meta: TaskMeta): void => {
  current = meta;
};

let isSearching = false;

/** Has all laws of this process run more often from now on, with random seeds; a second call changes nothing. */
export function searchLaws(search: Search): void {
  if (isSearching) return;
  isSearching = true;
  fc.configureGlobal({ maxSkipsPerRun: skipsPerRun(search) });
  fc.installGlobalPlugin(
    manyRuns(
      search,
      () => performance.now(),
      (runs) => {
        if (current !== undefined) current.lawRuns = [...(current.lawRuns ?? []), runs];
      },
    ),
  );
}
