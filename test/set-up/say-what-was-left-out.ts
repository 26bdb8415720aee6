import type { TestCase, TestProject, TestSuite } from 'vitest/node';

/** The part of a test file that a test belongs to. */
const partOf = (test: TestCase): string => {
  let part: TestCase | TestSuite = test;
  while (part.parent.type !== 'module') part = part.parent;
  return `${test.module.relativeModuleId}: ${part.name}`;
};

/** Closes a run with what it left out, and why: the parts say it in their names. */
export function setup({ vitest }: TestProject): () => void {
  return () => {
    // Whoever names a test knows what is left out.
    if (vitest.config.testNamePattern !== undefined) return;
    const modules = vitest.state.getTestModules();
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0) return;
    const counts = new Map<string, number>();
    for (const test of skipped) counts.set(partOf(test), (counts.get(partOf(test)) ?? 0) + 1);
    const lines = [...counts].sort().map(([part, count]) => `  ${part} (${count})\n`);
    process.stdout.write(`\nLeft out: ${skipped.length} tests\n${lines.join('')}\n`);
  };
}
