import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { explainSurvivors } from './explain-survivors.ts';
import { readExplanations, readSurvivors } from './read-survivors.ts';
import { rooms, testsOf } from './rooms.ts';

/**
 * `npm run mutation [-- room …] [--again]`: breaks one thing at a time in what a bill is made of and counts how often
 * the tests notice. Below 90 percent over all rooms it fails, and for anything unnoticed that `survivors/` does not
 * explain. What was found before is not looked for again while neither code nor tests changed; test data are not
 * watched, so that `--again` starts from scratch.
 */

const least = 90;

/** How many changes to a room were noticed, of how many. */
type Score = { readonly noticed: number; readonly changes: number };

const percent = ({ noticed, changes }: Score): number => (100 * noticed) / changes;

const scoreOf = async (room: string, again: boolean): Promise<Score> => {
  process.env['MUTATED_ROOM'] = room;
  const folder = `reports/mutation/${room}`;
  const results = await new Stryker({
    mutate: [`core/${room}/**/*.ts`],
    // Only the files that these tests need are copied to where they are changed.
    ignorePatterns: [
      '**',
      ...['core', 'test/core', 'test/golden', 'test/mutation'].map((needed) => `!${needed}/**`),
      ...['docs/pricing.md', 'package.json', 'tsconfig.json', 'vitest.*.ts'].map(
        (file) => `!${file}`,
      ),
    ],
    plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts' },
    coverageAnalysis: 'perTest',
    // A table that is read once at import cannot be broken for one test alone.
    ignoreStatic: true,
    concurrency: 1,
    incremental: true,
    incrementalFile: `${folder}.json`,
    force: again,
    tempDirName: `${folder}-sandbox`,
    reporters: ['clear-text', 'progress', 'html'],
    htmlReporter: { fileName: `${folder}.html` },
    clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
    // The first would need the API of an older TypeScript, and nothing here looks at types.
    tsconfigFile: 'none',
    disableTypeChecks: false,
  }).runMutationTest();
  const countOf = (...statuses: readonly string[]) =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const noticed = countOf('Killed', 'Timeout');
  return { noticed, changes: noticed + countOf('Survived', 'NoCoverage') };
};

/** Prints the unexplained survivors and the outdated explanations. */
const explain = (room: string): void => {
  const { unexplained, outdated } = explainSurvivors(readSurvivors(room), readExplanations(room));
  for (const { file, line, original, replacement } of unexplained) {
    console.log(`Not explained: ${file}:${line}\n  - ${original}\n  + ${replacement}`);
    process.exitCode = 1;
  }
  for (const { file, original, replacement, count = 1 } of outdated) {
    console.log(
      `An explanation of what does not survive${count > 1 ? ` ${count} times` : ''} any more: ${file}\n  - ${original}\n  + ${replacement}`,
    );
  }
};

const { values, positionals } = parseArgs({
  options: { again: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const scores = new Map<string, Score>();
const asked = positionals.length > 0 ? positionals : rooms;
// An unknown room is reported before the first one runs for minutes.
asked.forEach(testsOf);
asked.forEach(readExplanations);
for (const room of asked) {
  scores.set(room, await scoreOf(room, values.again));
}
asked.forEach(explain);
const sum = (pick: (score: Score) => number): number =>
  [...scores.values()].reduce((total, score) => total + pick(score), 0);
const all = { noticed: sum(({ noticed }) => noticed), changes: sum(({ changes }) => changes) };
for (const [name, score] of [...scores, ['together', all] as const]) {
  console.log(
    `${name.padEnd(9)} ${percent(score).toFixed(1).padStart(5)} %  ${score.noticed} of ${score.changes} changes noticed`,
  );
}
if (percent(all) < least) {
  console.log(`The score is below ${least} %.`);
  process.exitCode = 1;
}
