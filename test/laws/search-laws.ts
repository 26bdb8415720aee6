import { globSync, readFileSync } from 'node:fs';
import { startVitest } from 'vitest/node';
import { type SearchPlan, searchPlan } from './search-plan.ts';
import { SearchReporter } from './search-reporter.ts';

/**
 * `npm run laws [-- [--times N] [--seconds N] [--workers N] [file or folder …]]`: looks for counterexamples to the laws in test files, with
 * random seeds and N times (100) the runs that each asks for, but no more than that after some seconds (30) of each law.
 */

const planned = (): SearchPlan => {
  const tests = globSync('test/**/*.test.ts')
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  try {
    return searchPlan(process.argv.slice(2), tests);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
};

const { times, seconds, workers, files } = planned();
process.env['JOULEGATE_LAW_TIMES'] = String(times);
process.env['JOULEGATE_LAW_SECONDS'] = String(seconds);
await startVitest('test', [...files], {
  watch: false,
  reporters: [new SearchReporter(files.length)],
  ...(workers !== undefined && { maxWorkers: workers }),
});
