import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';
import { bundleSettings } from '../../lib/bundles/bundle-steps.ts';
import { loadHttpByName } from '../../lib/bundles/load-http-by-name.ts';
import { deployApp } from '../../runner/deploy-app.ts';
import type { FunctionSettings } from '../../runner/lambda/function-settings.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';

/** How large a bundle is, in bytes. */
export type BundleSize = { readonly step: string; readonly bytes: number; readonly map: number };

const runs = 15;

/** The first message of a version after OCPP 1.6 loads its schemas too: they are for nobody else. */
const mostWithMessage = 1.6;

const run = promisify(execFile);

// Node's own start is the same for all of Lambda's functions and not ours to change: only the load of the bundle counts.
const loadScript =
  'const began = performance.now(); await import(process.argv[1]); console.log(performance.now() - began);';

// The first message loads its version: a heartbeat, which needs no table.
const answerScript = `
const began = performance.now();
const { handler } = await import(process.argv[1]);
const now = Date.now();
const context = { connectionId: 'c', connectedAt: now, requestTimeEpoch: now, routeKey: '2', authorizer: JSON.parse(process.argv[2]) };
const { body = '' } = await handler({ requestContext: context, body: '[2,"h","Heartbeat",{}]' }, { awsRequestId: 'r' });
if (!body.includes('currentTime')) throw new Error('The heartbeat was not answered: ' + body);
console.log(performance.now() - began);`;

/** A module that is loaded again and again: with the version of the message that it answers, or none. */
type Loaded = { readonly module: string; readonly protocol?: Protocol };

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
    const loaded: readonly Loaded[] = [
      { module: plain },
      { module: message.modulePath },
      ...protocols.map((protocol) => ({ module: message.modulePath, protocol })),
    ];
    const [theirs = Number.NaN, ...ours] = (await interleave(loaded, message.environment)).map(
      median,
    );
    const rows = ours.map((milliseconds, index) => {
      const protocol = loaded[index + 1]?.protocol;
      const first = protocol === undefined ? '' : ` with its first message of ${nameOf(protocol)}`;
      const what = `Start-up of the message function${first} / DynamoDB client alone`;
      const note = `${milliseconds.toFixed(0)} ms against ${theirs.toFixed(0)} ms`;
      const limit = protocol === undefined ? 1.3 : mostWithMessage;
      return atMost(what, limit, milliseconds / theirs, { unit: '×', note });
    });
    return { rows, sizes: [...functions.map(sizeOf), plainSize(plain)] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundleClientOnly(outfile: string): Promise<void> {
  await build({
    ...bundleSettings,
    // As anybody's function loads the client.
    plugins: bundleSettings.plugins.filter((plugin) => plugin !== loadHttpByName),
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
  loaded: readonly Loaded[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly (readonly number[])[]> {
  const times: number[][] = loaded.map(() => []);
  for (let round = -1; round < runs; round += 1) {
    for (const [index, one] of loaded.entries()) {
      const milliseconds = await loadOnce(one, environment);
      // The first round only brings the files into memory.
      if (round >= 0) {
        times[index]?.push(milliseconds);
      }
    }
  }
  return times;
}

async function loadOnce(
  { module, protocol }: Loaded,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const script = protocol === undefined ? loadScript : answerScript;
  const charger = { chargerId: 'c', chargerKey: 'o#c', operatorId: 'o', shard: 0, protocol };
  const args = ['--input-type=module', '--eval', script, pathToFileURL(module).href];
  const env = { ...environment, AWS_REGION: 'eu-central-1' };
  const { stdout } = await run(process.execPath, [...args, JSON.stringify(charger)], { env });
  return Number(stdout.trim().split('\n').at(-1));
}

const nameOf = (protocol: Protocol): string => protocol.replace('ocpp', 'OCPP ');

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
