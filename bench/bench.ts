import { parseArgs } from 'node:util';
import { benchPartsFrom } from './bench-part.ts';
import { formatReport } from './report/report.ts';
import { runBench } from './run-bench.ts';

/**
 * `npm run bench`: every budget of the design, measured on the local stack; `--only cost,growth` measures some parts of it,
 * `--json` prints the result as JSON alone.
 */

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const began = performance.now();
const progress = (line: string): void => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stderr.write(`${seconds.padStart(4)} s  ${line}\n`);
};

const report = await runBench(benchPartsFrom(values.only), progress);
const broken = report.rows.filter(({ ok }) => !ok).length;
console.log(values.json ? JSON.stringify(report, undefined, 2) : `\n${formatReport(report)}`);
progress(broken === 0 ? 'All budgets are kept.' : `Broken budgets: ${broken}.`);
process.exitCode = broken === 0 ? 0 : 1;
