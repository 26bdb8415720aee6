import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { SearchReporter } from './search-reporter.ts';

type Test = {
  readonly name: string;
  readonly runs?: readonly number[];
  readonly error?: readonly [string, string];
};

/** A file of tests as vitest reports it, in the part that is read. */
const file = (path: string, ...tests: readonly Test[]) =>
  ({
    relativeModuleId: path,
    diagnostic: () => ({ duration: 2600 }),
    errors: () => [],
    children: {
      allTests: () =>
        tests.map(({ name, runs, error }) => ({
          fullName: name,
          meta: () => ({ lawRuns: runs }),
          result: () =>
            error === undefined
              ? { state: 'passed' }
              : { state: 'failed', errors: [{ message: error[0], cause: { message: error[1] } }] },
        })),
    },
  }) as unknown as TestModule;

/** All that is printed of a search. */
function printed(files: readonly TestModule[], errors: readonly Error[] = []): readonly string[] {
  const lines: string[] = [];
  const reporter = new SearchReporter(files.length, (line) => lines.push(line));
  for (const each of files) reporter.onTestModuleEnd(each);
  reporter.onTestRunEnd([], errors);
  return lines;
}

describe('the report of a search for counterexamples', () => {
  it('a line for each file says how far it was searched, and the last what was found in all', () => {
    const first = file('a.test.ts', { name: 'law', runs: [1000, 200] }, { name: 'example' });

    expect(printed([first, file('b.test.ts', { name: 'other law', runs: [300] })])).toEqual([
      '1 of 2 a.test.ts: 1,200 runs of 2 laws in 3 s',
      '2 of 2 b.test.ts: 300 runs of 1 laws in 3 s',
      '1,500 runs of 3 laws in 2 files: no counterexample',
    ]);
  });

  it('a counterexample is printed when it is found, with what it broke, and counted in the last line', () => {
    const broken = file('a.test.ts', {
      name: 'law',
      runs: [8],
      error: ['Property failed\n{ seed }', 'expected 1 to be 2'],
    });

    expect(printed([broken])).toEqual([
      '1 of 1 a.test.ts: 8 runs of 1 laws in 3 s',
      'FAILED law\n    Property failed\n    { seed }\n    expected 1 to be 2',
      '8 runs of 1 laws in 1 files: 1 failed',
    ]);
  });

  it('an error outside of all tests is no search without a counterexample', () => {
    expect(printed([], [new Error('no such module')])).toEqual([
      'FAILED outside of the tests\n    no such module',
      '0 runs of 0 laws in 0 files: 1 failed',
    ]);
  });
});
