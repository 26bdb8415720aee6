import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { coveragePage } from './coverage-page.ts';

writeFileSync(
  fileURLToPath(new URL('../../docs/spec-coverage.md', import.meta.url)),
  coveragePage(),
);
