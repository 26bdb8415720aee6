import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach } from 'vitest';
import { hasSameExamples, noteIn, searchLaws, searchOf } from '../laws/search-state.ts';
import { seedOf } from '../laws/seed-of.ts';

const search = searchOf(process.env);
if (search !== undefined) {
  searchLaws(search);
  beforeEach(({ task }) => noteIn(task.meta));
} else if (hasSameExamples(process.env)) {
  // For examples that are made before the first test.
  fc.configureGlobal({ seed: 0 });
  let text: string | undefined;
  beforeEach(({ task }) => {
    text ??= readFileSync(task.file.filepath, 'utf8');
    fc.configureGlobal({ seed: seedOf(text, task.fullTestName) });
  });
}
