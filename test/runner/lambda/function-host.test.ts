import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type FunctionHost,
  type FunctionHostOptions,
  startFunctionHost,
} from '../../../runner/lambda/function-host.ts';
import type { FunctionSettings } from '../../../runner/lambda/function-settings.ts';
import { openLogFiles } from '../../../runner/logs/log-files.ts';
import type { Usage } from '../../../runner/runner-interfaces.ts';

const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:message';

let directory: string;
let host: FunctionHost | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'joulegate-lambda-'));
  mkdirSync(signFolder());
});

afterEach(async () => {
  await host?.stop();
  host = undefined;
  rmSync(directory, { recursive: true });
});

/** A function with this code, alone in a host. */
function run(
  code: string,
  settings: Partial<FunctionSettings> = {},
  options: Partial<FunctionHostOptions> = {},
): FunctionHost {
  const modulePath = join(directory, 'index.mjs');
  writeFileSync(modulePath, code);
  host = startFunctionHost({
    functions: [
      {
        address: 'Stack/Message',
        name: 'message',
        arn,
        role: {
          address: 'Stack/Role',
          name: 'role',
          arn: 'role',
          statements: [],
          trustedServices: [],
        },
        modulePath,
        exportName: 'handler',
        memoryMegabytes: 256,
        timeoutSeconds: 300,
        reservedConcurrency: undefined,
        logGroupName: '/aws/lambda/message',
        environment: { STATE_TABLE: 'state', SIGNS: signFolder() },
        ...settings,
      },
    ],
    authorize: () => ({ allowed: true }),
    count: () => undefined,
    logs: openLogFiles({ resources: [], outputs: {} }, directory),
    endpoints: () => ({}),
    ...options,
  });
  return host;
}

const logOf = (): string => {
  const path = join(directory, 'logs', 'aws-lambda-message.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** Files by which a function and its test tell each other how far they are; `signs` is the function's side of it. */
const signFolder = () => join(directory, 'signs');
const giveSign = () => writeFileSync(join(signFolder(), 'go'), '');
const signsGiven = () => readdirSync(signFolder());
const signs = `
  import { readdirSync, writeFileSync } from 'node:fs';
  const folder = process.env.SIGNS;
  const give = (name) => writeFileSync(folder + '/' + name, '');
  const given = () => readdirSync(folder).length;
  const until = async (holds) => { while (!holds()) await new Promise((done) => setTimeout(done, 10)); };
`;

test('a function gets its event and answers', async () => {
  const { invoke } = run('export const handler = async (event) => ({ seen: event });');
  expect(await invoke(arn, { a: [1, null] })).toEqual({
    kind: 'returned',
    payload: { seen: { a: [1, null] } },
  });
});

test('a worker keeps its memory between events', async () => {
  const { invoke } = run('let n = 0; export const handler = async () => ++n;');
  await invoke(arn, {});
  expect(await invoke(arn, {})).toEqual({ kind: 'returned', payload: 2 });
});

test('a worker handles one event at a time, and further workers start when it is busy', async () => {
  // None ends before all eight have begun, which fewer workers would never see.
  const { invoke } = run(
    `${signs}
    let busy = 0;
    export const handler = async () => {
      busy += 1;
      give(crypto.randomUUID());
      await until(() => given() >= 8);
      return busy--;
    };`,
    { timeoutSeconds: 60 },
    { workersPerFunction: 8 },
  );
  const answers = await Promise.all(Array.from({ length: 8 }, () => invoke(arn, {})));
  expect(answers).toEqual(answers.map(() => ({ kind: 'returned', payload: 1 })));
});

test('an event is handled although all workers wait within theirs, as calls do that wait for a charger', async () => {
  const { invoke } = run(
    `${signs}
    export const handler = async ({ waits }) => {
      if (waits) await until(() => given() > 0);
      return waits ? 'has waited' : 'answered';
    };`,
    { timeoutSeconds: 60 },
    { workersPerFunction: 2 },
  );
  const waiting = [1, 2, 3].map(() => invoke(arn, { waits: true }));
  expect(await invoke(arn, { waits: false })).toEqual({ kind: 'returned', payload: 'answered' });
  giveSign();
  const waited = { kind: 'returned', payload: 'has waited' };
  expect(await Promise.all(waiting)).toEqual([waited, waited, waited]);
});

test('no more events are in work than the reserved concurrency, and the next is throttled, also while workers start', async () => {
  const { invoke } = run(
    `${signs}
    export const handler = async () => { await until(() => given() > 0); };`,
    { timeoutSeconds: 60, reservedConcurrency: 2 },
    { workersPerFunction: 2 },
  );
  const waiting = [invoke(arn, {}), invoke(arn, {})];
  expect(await invoke(arn, {})).toEqual({ kind: 'throttled' });
  giveSign();
  expect((await Promise.all(waiting)).map(({ kind }) => kind)).toEqual(['returned', 'returned']);
});

test('a worker that has had no event for a while ends, and the next event finds a new one', async () => {
  const code = 'let n = 0; export const handler = async () => ++n;';
  const { invoke } = run(code, {}, { idleMilliseconds: 10 });
  await invoke(arn, {});
  await expect
    .poll(async () => await invoke(arn, {}), { interval: 50 })
    .toEqual({ kind: 'returned', payload: 1 });
});

test('the environment has the variables of the template, the identity of the role, and the service endpoints', async () => {
  const { invoke } = run(
    'export const handler = async () => ({ ...process.env, zone: new Date(0).getTimezoneOffset() });',
    {},
    { endpoints: () => ({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' }) },
  );
  expect(await invoke(arn, {})).toMatchObject({
    payload: {
      STATE_TABLE: 'state',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
      zone: 0,
    },
  });
});

test('the context names the request, the function and the remaining time', async () => {
  const { invoke } = run(
    'export const handler = async (_e, c) => ({ ...c, left: c.getRemainingTimeInMillis() });',
  );
  const { payload } = (await invoke(arn, {})) as { payload: Record<string, unknown> };
  expect(payload).toMatchObject({
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    functionName: 'message',
    invokedFunctionArn: arn,
    memoryLimitInMB: '256',
  });
  expect(payload['left']).toBeGreaterThan(100_000);
  expect(payload['left']).toBeLessThanOrEqual(300_000);
});

test('an error of the function is reported with its type, and the worker continues', async () => {
  const { invoke } = run(`
    let n = 0;
    export const handler = async () => { if (n++ === 0) throw new RangeError('too far'); return n; };`);
  expect(await invoke(arn, {})).toEqual({
    kind: 'failed',
    errorType: 'RangeError',
    errorMessage: 'too far',
  });
  expect(await invoke(arn, {})).toEqual({ kind: 'returned', payload: 2 });
  expect(logOf()).toContain('RangeError: too far');
});

test('a crash fails only its own event, and the next one gets a new worker', async () => {
  const { invoke } = run(`
    let n = 0;
    export const handler = (event) => event.crash
      ? new Promise(() => setTimeout(() => { throw new TypeError('bang'); }, 1))
      : ++n;`);
  await invoke(arn, {});
  expect(await invoke(arn, { crash: true })).toMatchObject({
    kind: 'failed',
    errorType: 'TypeError',
  });
  expect(await invoke(arn, {})).toEqual({ kind: 'returned', payload: 1 });
});

test('a module that cannot be loaded fails each event with its reason', async () => {
  const { invoke } = run('export const somethingElse = 1;');
  const failed = { kind: 'failed', errorMessage: 'handler is undefined or not exported' };
  expect(await Promise.all([invoke(arn, {}), invoke(arn, {})])).toMatchObject([failed, failed]);
});

test('a function that exceeds its timeout is stopped', async () => {
  const { invoke } = run(
    'let n = 0; export const handler = (e) => (e.hang ? new Promise(() => {}) : ++n);',
    { timeoutSeconds: 0.2 },
  );
  await invoke(arn, {});
  expect(await invoke(arn, { hang: true })).toEqual({ kind: 'timed-out', seconds: 0.2 });
  // A busy machine may not come to the next event in time either; whichever is answered has a new worker.
  await expect.poll(() => invoke(arn, {})).toEqual({ kind: 'returned', payload: 1 });
});

test('a function that never yields is stopped by its timeout too', async () => {
  const { invoke } = run('export const handler = () => { for (;;); };', { timeoutSeconds: 0.2 });
  expect(await invoke(arn, {})).toEqual({ kind: 'timed-out', seconds: 0.2 });
});

test('events beyond the reserved concurrency are refused', async () => {
  const { invoke } = run(
    `${signs} export const handler = (e) => e.wait && until(() => given() > 0);`,
    { reservedConcurrency: 1 },
  );
  await invoke(arn, {});
  const first = invoke(arn, { wait: true });
  expect(await invoke(arn, {})).toMatchObject({ kind: 'throttled' });
  giveSign();
  expect(await first).toMatchObject({ kind: 'returned' });
});

test('a killed function fails its current event, and no other', async () => {
  const { invoke, kill } = run(
    `${signs} export const handler = (e) => (e.wait ? (give('at it'), new Promise(() => {})) : "well");`,
  );
  await invoke(arn, {});
  const waiting = invoke(arn, { wait: true });
  await expect.poll(signsGiven).toEqual(['at it']);
  await kill(arn);
  expect(await waiting).toMatchObject({ kind: 'failed', errorType: 'Runtime.ExitError' });
  expect(await invoke(arn, {})).toEqual({ kind: 'returned', payload: 'well' });
});

test('a stop lets the current event finish', async () => {
  const started = run(
    `${signs} export const handler = async (e) => { if (e.wait) await until(() => given() > 0); return 'end'; };`,
  );
  await started.invoke(arn, {});
  const last = started.invoke(arn, { wait: true });
  const stopped = started.stop();
  giveSign();
  await stopped;
  expect(await last).toEqual({ kind: 'returned', payload: 'end' });
});

test('a function logs into the file of its log group, in order', async () => {
  const { invoke } = run('export const handler = async (e) => { console.log(e.line); };');
  await invoke(arn, { line: 'first' });
  await invoke(arn, { line: 'second' });
  expect(logOf()).toBe('first\nsecond\n');
});

test('a role that may not write logs leaves none', async () => {
  const { invoke } = run(
    'export const handler = async () => { console.log("secret"); return 1; };',
    {},
    {
      authorize: (_key, action) =>
        action === 'logs:PutLogEvents' ? { allowed: false, message: '' } : { allowed: true },
    },
  );
  expect(await invoke(arn, {})).toEqual({ kind: 'returned', payload: 1 });
  expect(logOf()).toBe('');
});

test('each event is counted, with its time, its memory and its log volume', async () => {
  const usages: Usage[] = [];
  const { invoke } = run(
    'export const handler = async () => { console.log("four"); };',
    {},
    { count: (usage) => usages.push(usage) },
  );
  await invoke(arn, {});
  expect(usages).toEqual([
    {
      service: 'lambda',
      operation: 'Invoke',
      caller: 'Stack/Message',
      units: {
        request: 1,
        milliseconds: expect.any(Number),
        megabyteMilliseconds: expect.any(Number),
      },
    },
    { service: 'logs', operation: 'PutLogEvents', caller: 'Stack/Message', units: { bytes: 5 } },
  ]);
});

test('a bundle with a source map reports errors with their position in the source', async () => {
  const map = { version: 3, sources: ['charge.ts'], names: [], mappings: 'AAAA' };
  const encoded = Buffer.from(JSON.stringify(map)).toString('base64');
  const { invoke } = run(
    `export const handler = async () => { throw new Error('mapped'); };
//# ${'source'}MappingURL=data:application/json;base64,${encoded}`,
    { environment: { NODE_OPTIONS: '--enable-source-maps' } },
  );
  await invoke(arn, {});
  expect(logOf()).toContain('charge.ts');
});

test('a function whose log cannot be written answers all the same, and that is reported once', async () => {
  const reports: string[] = [];
  const logs = openLogFiles({ resources: [], outputs: {} }, directory, (line) =>
    reports.push(line),
  );
  const path = logs.pathOf('/aws/lambda/message');
  symlinkSync('/dev/full', path);
  const code =
    "let n = 0; export const handler = async () => { console.log('A line'); return ++n; };";
  const { invoke } = run(code, {}, { logs });
  expect(await invoke(arn, {})).toEqual({ kind: 'returned', payload: 1 });
  expect(await invoke(arn, {})).toEqual({ kind: 'returned', payload: 2 });
  expect(reports).toEqual([
    expect.stringMatching(/^The log .*message.log cannot be written: .*ENOSPC/),
  ]);
});
