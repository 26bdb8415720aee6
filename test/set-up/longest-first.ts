import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first. */
const longest = [
  'test/flow/flow.test.ts',
  'test/flow/conformance.test.ts',
  'test/flow/engine-outage.test.ts',
  'test/flow/event-chaos.test.ts',
  'test/flow/replay.test.ts',
  'test/runner/start/start.test.ts',
  'test/flow/outside-clients.test.ts',
  'test/fleet/demo/run-demo.test.ts',
  'test/flow/commands.test.ts',
  'test/flow/feed-chaos.test.ts',
  'test/flow/poison.test.ts',
  'test/flow/flood.test.ts',
].map((file) => resolve(file));

for (const file of longest) {
  if (!existsSync(file)) throw new Error(`${file} is said to take long, and is not there`);
}

const place = ({ moduleId }: TestSpecification): number => {
  const found = longest.indexOf(moduleId);
  return found < 0 ? longest.length : found;
};

const isStack = ({ project }: TestSpecification): number => Number(project.name === 'stack');

/**
 * Starts what takes longest first, as whatever starts last ends last and alone: stacks before everything else, since they wait for
 * their chargers while others compute. A clean clone knows no durations from runs before.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // The files of a project stay together: a worker serves one after the other only while they are of the same one.
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => isStack(b) - isStack(a) || place(a) - place(b));
  }
}
