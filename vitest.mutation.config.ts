import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { testsOf } from './test/mutation/rooms.ts';

const statesLaws = ({ moduleId }: TestSpecification): boolean =>
  readFileSync(moduleId, 'utf8').includes("from 'fast-check'");

/** Runs examples before laws: they notice most of what is broken, and sooner. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => Number(statesLaws(a)) - Number(statesLaws(b)));
  }
}

export default defineConfig({
  test: {
    include: testsOf(process.env['MUTATED_ROOM']),
    setupFiles: ['test/mutation/fail-fast.ts'],
    sequence: { sequencer: ExamplesFirst },
    testTimeout: 20_000,
    // Nothing in core outlives a call, so that a worker may serve one file after the other.
    isolate: false,
  },
});
