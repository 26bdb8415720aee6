import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ready } from '../../../runner/ready-file.ts';

let dataDirectory: string;
const running = new Set<ChildProcess>();

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-start-'));
});

afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
  rmSync(dataDirectory, { recursive: true, force: true });
});

type Started = { readonly child: ChildProcess; readonly ended: Promise<Ended> };
type Ended = { readonly status: number | null; readonly output: string; readonly errors: string };

/** `npm start`, without npm between it and the signals. */
function start(
  environment: Readonly<Record<string, string>> = {},
  { program = 'runner/start.ts', preload = '' } = {},
): Started {
  const imports =
    preload === '' ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
  const child = spawn(process.execPath, [...imports, program], {
    env: {
      ...process.env,
      JOULEGATE_HTTP_PORT: '0',
      JOULEGATE_CHARGER_PORT: '0',
      JOULEGATE_DATA_DIR: dataDirectory,
      ...environment,
    },
  });
  running.add(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<Ended>((done) =>
    child.on('close', (status) => {
      running.delete(child);
      done({ status, output, errors });
    }),
  );
  return { child, ended };
}

async function whenReady({ ended }: Started): Promise<Ready> {
  const path = join(dataDirectory, 'ready.json');
  let over: Ended | undefined;
  void ended.then((end) => {
    over = end;
  });
  while (!existsSync(path)) {
    if (over !== undefined) {
      throw new Error(`not started: ${over.errors}`);
    }
    await new Promise((later) => setTimeout(later, 20));
  }
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Resolves when the program has said such a thing. */
async function heard(child: ChildProcess, words: RegExp): Promise<void> {
  await new Promise<void>((resolve) =>
    child.stdout?.on('data', (chunk) => {
      if (words.test(String(chunk))) resolve();
    }),
  );
}

async function stop({ child, ended }: Started, signal: NodeJS.Signals): Promise<Ended> {
  child.kill(signal);
  return await ended;
}

/** Sends the process the signal in the very call that puts the ready file in its place. */
const signalWhenReady = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const { renameSync } = fs;
  fs.renameSync = (from, to) => {
    renameSync(from, to);
    if (String(to).endsWith('ready.json')) process.kill(process.pid, 'SIGINT');
  };
  syncBuiltinESMExports();
`;

/** Files that only a running stack has in its data directory. */
const leftBehind = (): readonly string[] =>
  ['ready.json', 'process', join('dynoxide', 'engine.json')].filter((name) =>
    existsSync(join(dataDirectory, name)),
  );

const spoilText = (path: string): void => writeFileSync(path, 'garbage');
const putFile = spoilText;
const putFolder = (path: string): void => void mkdirSync(path);

/** Moves what is at a path out of the way; gives the way back. */
function setAside(path: string): () => void {
  const aside = join(dataDirectory, 'aside');
  if (existsSync(path)) {
    renameSync(path, aside);
  }
  return () => {
    rmSync(path, { recursive: true, force: true });
    if (existsSync(aside)) {
      renameSync(aside, path);
    }
  };
}

const ask = async ({ http, apiKey }: Ready, path: string, body?: object) => {
  const answer = await fetch(`${http}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
};

describe('the local stack', () => {
  test('the local stack prints its URLs and its key', async () => {
    const started = start();
    const ready = await whenReady(started);
    expect(ready).toEqual({
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      chargers: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/),
      feed: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/feed$/),
      ocpi: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/ocpi\/versions$/),
      dashboard: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      chargersTls: expect.stringMatching(/^wss:\/\/127\.0\.0\.1:\d+$/),
      certificateFile: expect.stringMatching(/certificate\.pem$/),
      apiKey: expect.stringMatching(/^jg_live_/),
      dynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      lambda: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      operatorsFunction: expect.any(String),
      sqs: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(await ask(ready, '/chargers')).toEqual({
      status: 200,
      body: { items: [], nextCursor: null },
    });
    await stop(started, 'SIGTERM');
  });

  test('the local stack keeps its data and its key across a restart', async () => {
    const first = start();
    const ready = await whenReady(first);
    expect(await ask(ready, '/chargers', { chargerId: 'CP-1' })).toMatchObject({ status: 201 });
    await stop(first, 'SIGINT');

    const second = start();
    const again = await whenReady(second);
    expect(again.apiKey).toBe(ready.apiKey);
    expect(await ask(again, '/chargers')).toMatchObject({
      body: { items: [{ chargerId: 'CP-1' }] },
    });
    await stop(second, 'SIGINT');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'the local stack ends within five seconds of %s',
    async (signal) => {
      const started = await readied(start());
      // A stop that takes longer ends with status 1.
      expect(await stop(started, signal)).toMatchObject({ status: 0, errors: '' });
      expect(existsSync(join(dataDirectory, 'ready.json'))).toBe(false);
    },
  );

  // Between the file and whatever the process does next lies no moment in which a signal would go unheard.
  test.each(['runner/start.ts', 'fleet/demo.ts'])(
    '%s heeds a signal that arrives with the ready file',
    async (program) => {
      const { status, errors, output } = await start({}, { program, preload: signalWhenReady })
        .ended;
      expect({ status, errors }).toEqual({ status: 0, errors: '' });
      expect(output).toContain('SIGINT: stopping');
      expect(leftBehind()).toEqual([]);
    },
  );

  test.each([/Reading the template/, /Starting dynoxide/, /Starting functions/])(
    'the local stack heeds a signal while it starts: %s',
    async (line) => {
      const { child, ended } = start();
      await heard(child, line);
      child.kill('SIGTERM');
      const { status, errors, output } = await ended;
      expect({ status, errors }).toEqual({ status: 0, errors: '' });
      expect(output).not.toContain('Joulegate is ready');
      expect(leftBehind()).toEqual([]);
    },
  );

  test('the demo ends silently in the middle of its charging', async () => {
    const started = start({}, { program: 'fleet/demo.ts' });
    const ready = await whenReady(started);
    const charging = async () => {
      const { body } = await ask(ready, '/sessions/active');
      return (body as { items: readonly unknown[] }).items.length;
    };
    await expect.poll(charging).toBeGreaterThan(0);
    expect(await stop(started, 'SIGINT')).toMatchObject({ status: 0, errors: '' });
    expect(leftBehind()).toEqual([]);
  });

  test('the local stack does not share its data directory', async () => {
    const started = await readied(start());
    const other = await start().ended;
    expect(other.status).toBe(1);
    expect(other.errors).toMatch(/^joulegate: The data directory .* is in use by .*\n$/);
    await stop(started, 'SIGTERM');
  });
});

async function readied(started: Started): Promise<Started> {
  await whenReady(started);
  return started;
}

describe('one clear line says why the stack does not start:', () => {
  test.each(['JOULEGATE_HTTP_PORT', 'JOULEGATE_CHARGER_PORT'])(
    'one clear line says that %s is in use',
    async (variable) => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const address = server.address();
      const port = typeof address === 'object' ? String(address?.port) : '';
      const { status, errors } = await start({ [variable]: port }).ended;
      await new Promise((closed) => server.close(closed));
      expect(errors).toBe(
        `joulegate: Port ${port} is in use; free it, or choose another with ${variable}.\n`,
      );
      expect(status).toBe(1);
    },
  );

  test('one clear line says that the data directory is a file', async () => {
    const path = join(dataDirectory, 'file');
    writeFileSync(path, '');
    const { status, errors } = await start({ JOULEGATE_DATA_DIR: path }).ended;
    expect(errors).toMatch(/^joulegate: The data directory .*file cannot be used: .*\n$/);
    expect(status).toBe(1);
  });

  test('one clear line says that its key file is broken', async () => {
    writeFileSync(join(dataDirectory, 'demo-operator.json'), '{');
    const { status, errors } = await start().ended;
    expect(errors).toMatch(/^joulegate: The file .*demo-operator.json holds no API key.*\n$/);
    expect(status).toBe(1);
  });

  test('one clear line says that a part of the data directory is not as the stack left it', async () => {
    const started = start();
    await whenReady(started);
    await stop(started, 'SIGINT');
    const path = (...names: string[]) => join(dataDirectory, ...names);
    const [key = ''] = readdirSync(path('kms'));
    const [journal = ''] = readdirSync(path('sqs'));

    for (const [broken, spoil, words] of [
      [path('kms', key), spoilText, /holds no private key/],
      [path('sqs', journal), spoilText, /holds no message in line 1/],
      [path('event-sources'), putFile, /The data directory .* cannot be used: /],
      [path('tls', 'certificate.pem'), spoilText, /holds no certificate/],
      [path('tls', 'key.pem'), spoilText, /holds no private key/],
      [path('kms', key), putFolder, /cannot be read: EISDIR/],
      [path('sqs', journal), putFolder, /cannot be read: EISDIR/],
      [path('kms'), putFile, /The data directory .* cannot be used: /],
      [path('sqs'), putFile, /The data directory .* cannot be used: /],
      [path('logs'), putFile, /The data directory .* cannot be used: EEXIST/],
      [path('logs', 'OperatorApiAccess.log'), putFolder, /holds no log/],
      [path('ready.json'), putFolder, /The data directory .* cannot be used: .*directory/],
      [path('process'), putFolder, /The data directory .* cannot be used: EISDIR/],
    ] as const) {
      const restore = setAside(broken);
      spoil(broken);
      const { status, errors } = await start().ended;
      expect(errors, broken).toMatch(/^joulegate: [^\n]+\.\n$/);
      expect(errors).toMatch(words);
      expect(status).toBe(1);
      restore();
    }
  });

  test('one clear line says that the engine is unknown', async () => {
    const { status, errors } = await start({ JOULEGATE_DYNAMODB: 'mysql' }).ended;
    expect(errors).toMatch(/^joulegate: JOULEGATE_DYNAMODB is "mysql".*\n$/);
    expect(status).toBe(1);
  });

  test('one clear line says that nothing answers at the URL of the engine', async () => {
    const { status, errors } = await start({ JOULEGATE_DYNAMODB: 'http://127.0.0.1:1' }).ended;
    expect(errors).toMatch(/^joulegate: .*http:\/\/127\.0\.0\.1:1.*\n$/);
    expect(status).toBe(1);
  });
});
