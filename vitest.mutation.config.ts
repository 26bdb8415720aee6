import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { testsOf } from './test/mutation/rooms.ts';

const takesLong = ({ moduleId }: TestSpecification): boolean =>
  /from '(?:fast-check|node:crypto|.*signed-samples.ts)'/.test(readFileSync(moduleId, 'utf8'));

/** Runs examples before laws and signatures: they notice most of what is broken, and sooner. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => Number(takesLong(a)) - Number(takesLong(b)));
  }
}

export default defineConfig({
  test: {
    include: testsOf(process.env['MUTATED_ROOM']),
    // How large a CDR gets with hundreds of signatures takes seconds and judges nothing else.
    exclude: ['test/core/cdr/signed-size.test.ts'],
    setupFiles: ['test/mutation/fail-fast.ts'],
    sequence: { sequencer: ExamplesFirst },
    testTimeout: 20_000,
    // Nothing in core outlives a call, so that a worker may serve one file after the other.
    isolate: false,
  },
});
