import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { SearchReporter } from './search-reporter.ts';

/**
 * `npm run laws [-- [--times N] [--seconds N] [--workers N] [file or folder …]]`: looks for counterexamples to the laws in test files, with
 * random seeds and N times (100) the runs that each asks for, but no longer than some seconds (30) for each law.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '30' },
    workers: { type: 'string' },
  },
});

for (const [name, value] of Object.entries(values)) {
  if (/^[1-9]\d{0,6}$/.test(value ?? '1')) continue;
  console.error(`--${name} takes a whole number from 1, not ${value}`);
  process.exit(2);
}

const files = globSync('test/**/*.test.ts').filter(
  (file) =>
    (positionals.length === 0 || positionals.some((part) => file.includes(part))) &&
    !file.startsWith('test/laws/') &&
    /\bfc\.assert\(/.test(readFileSync(file, 'utf8')),
);
if (files.length === 0) {
  console.error(`No laws in ${positionals.join(', ')}`);
  process.exit(2);
}

process.env['JOULEGATE_LAW_TIMES'] = values.times;
process.env['JOULEGATE_LAW_SECONDS'] = values.seconds;
await startVitest('test', files, {
  watch: false,
  reporters: [new SearchReporter(files.length)],
  ...(values.workers !== undefined && { maxWorkers: Number(values.workers) }),
});
