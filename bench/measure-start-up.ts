import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleSettings } from '../lib/bundles/bundle-steps.ts';
import { deployApp } from '../runner/deploy-app.ts';
import type { FunctionSettings } from '../runner/lambda/function-settings.ts';
import { median } from './median.ts';
import { atMost, type Row } from './row.ts';

/** How large a bundle is, in bytes. */
export type BundleSize = { readonly step: string; readonly bytes: number; readonly map: number };

const runs = 15;
const run = promisify(execFile);

// Node's own start is the same for all of Lambda's functions and not ours to change: only the load of the bundle counts.
const loadScript =
  'const began = performance.now(); await import(process.argv[1]); console.log(performance.now() - began);';

const clientOnly = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
export const client = new DynamoDBClient({});
`;

/** The start of the message function against a function that loads the DynamoDB client alone, and all bundle sizes. */
export async function measureStartUp(): Promise<{
  readonly rows: readonly Row[];
  readonly sizes: readonly BundleSize[];
}> {
  const { functions } = await deployApp({ parameters: { ChargerUrl: 'ws://127.0.0.1' } });
  const message = functions.find((each) => stepOf(each) === 'ocpp');
  if (message === undefined) {
    throw new Error('No function of the template is the step ocpp.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-bench-'));
  try {
    const plain = join(folder, 'client-only.mjs');
    await bundleClientOnly(plain);
    const times = await interleave([message.modulePath, plain], message.environment);
    const [ours, theirs] = times.map(median);
    const ratio = (ours ?? Number.NaN) / (theirs ?? Number.NaN);
    const note = `${ours?.toFixed(0)} ms against ${theirs?.toFixed(0)} ms`;
    const row = atMost('Start-up of the message function / DynamoDB client alone', 1.3, ratio, {
      unit: '×',
      note,
    });
    return { rows: [row], sizes: [...functions.map(sizeOf), plainSize(plain)] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundleClientOnly(outfile: string): Promise<void> {
  await build({
    ...bundleSettings,
    stdin: {
      contents: clientOnly,
      resolveDir: dirname(fileURLToPath(import.meta.url)),
      sourcefile: 'client-only.ts',
    },
    outfile,
  });
}

/** Loads each module in a new process, one after the other, again and again: what slows this machine down slows all. */
async function interleave(
  modules: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly (readonly number[])[]> {
  const times: number[][] = modules.map(() => []);
  for (let round = -1; round < runs; round += 1) {
    for (const [index, module] of modules.entries()) {
      const milliseconds = await loadOnce(module, environment);
      // The first round only brings the files into memory.
      if (round >= 0) {
        times[index]?.push(milliseconds);
      }
    }
  }
  return times;
}

async function loadOnce(
  module: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const args = ['--input-type=module', '--eval', loadScript, pathToFileURL(module).href];
  const env = { ...environment, AWS_REGION: 'eu-central-1' };
  const { stdout } = await run(process.execPath, args, { env });
  return Number(stdout);
}

const stepOf = ({ environment }: FunctionSettings): string =>
  environment['POWERTOOLS_SERVICE_NAME'] ?? '';

const sizeOf = (settings: FunctionSettings): BundleSize => ({
  ...bytesOf(settings.modulePath),
  step: stepOf(settings),
});

const plainSize = (path: string): BundleSize => ({
  ...bytesOf(path),
  step: '(DynamoDB client alone)',
});

const bytesOf = (path: string): Omit<BundleSize, 'step'> => ({
  bytes: statSync(path).size,
  map: statSync(`${path}.map`).size,
});
