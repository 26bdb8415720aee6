import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ready } from '../../../runner/ready-file.ts';
import { plugIn } from '../../flow/test-charger.ts';

let dataDirectory: string;
const running = new Set<ChildProcess>();

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-machine-'));
});

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  rmSync(dataDirectory, { recursive: true, force: true });
});

const at = (...names: readonly string[]): string => join(dataDirectory, ...names);

/** `npm start` with the data directory of the test. */
const start = () => {
  const child = spawn(process.execPath, ['runner/start.ts'], {
    env: {
      ...process.env,
      JOULEGATE_HTTP_PORT: '0',
      JOULEGATE_CHARGER_PORT: '0',
      JOULEGATE_DATA_DIR: dataDirectory,
    },
  });
  running.add(child);
  let errors = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<{ status: number | null; errors: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, errors })),
  );
  return { child, ended };
};

const whenReady = async (): Promise<Ready> => {
  await expect.poll(() => existsSync(at('ready.json'))).toBe(true);
  return JSON.parse(readFileSync(at('ready.json'), 'utf8'));
};

test('a database whose folder was emptied is refused in one line', async () => {
  const first = start();
  await whenReady();
  first.child.kill('SIGINT');
  expect(await first.ended).toEqual({ status: 0, errors: '' });
  for (const name of readdirSync(at('dynoxide'))) rmSync(at('dynoxide', name));

  const { status, errors } = await start().ended;
  expect(errors).toMatch(
    /^joulegate: The database in the data directory has lost the table \S+ .+\.\n$/,
  );
  expect(status).toBe(1);
});

test('a stack that cannot keep a message on its disk ends in one line, and the charger gets no answer', async () => {
  const stack = start();
  const { http, chargers, apiKey } = await whenReady();
  const answer = await fetch(`${http}/chargers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ chargerId: 'FULL-1' }),
  });
  const { password } = (await answer.json()) as { password: string };
  const path = '/ocpp/FULL-1';
  const charger = await plugIn({ url: chargers, path, user: 'FULL-1', password });
  const engine = JSON.parse(readFileSync(at('dynoxide', 'engine.json'), 'utf8')).engine;
  for (const name of readdirSync(at('sqs'))) {
    rmSync(at('sqs', name));
    symlinkSync('/dev/full', at('sqs', name));
  }
  process.kill(-engine, 'SIGSTOP');
  const answers: unknown[] = [];
  void charger
    .send('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' })
    .then((frame) => answers.push(frame))
    .catch(() => undefined);

  const { status, errors } = await stack.ended;
  process.kill(-engine, 'SIGKILL');
  expect(errors).toMatch(/^joulegate: The data directory \S+ cannot be used: ENOSPC: [^\n]+\.\n$/);
  expect(status).toBe(1);
  expect(answers).toEqual([]);
  expect(existsSync(at('ready.json')) || existsSync(at('process'))).toBe(false);
});

/** The state of a process as Linux names it: T for one that is stopped. */
const stateOf = (pid: number | undefined): string | undefined =>
  /State:\s+(\S)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

/** A request of its own, given up after a second. */
const fetchTimesOut = async (http: string): Promise<'no answer' | 'answered'> =>
  await fetch(`${http}/health`, { signal: AbortSignal.timeout(1000) }).then(
    () => 'answered' as const,
    () => 'no answer' as const,
  );

test('a stack that was frozen for a while goes on where it was', async () => {
  const stack = start();
  const { http, apiKey } = await whenReady();
  stack.child.kill('SIGSTOP');
  await expect.poll(() => stateOf(stack.child.pid)).toBe('T');
  const asked = fetch(`${http}/chargers`, { headers: { authorization: `Bearer ${apiKey}` } });
  // Nobody answers while the port is held by a process that does not run.
  const given = await Promise.race([asked, fetchTimesOut(http)]);
  expect(given).toBe('no answer');
  expect(stateOf(stack.child.pid)).toBe('T');
  stack.child.kill('SIGCONT');
  expect((await asked).status).toBe(200);
  stack.child.kill('SIGINT');
  expect(await stack.ended).toEqual({ status: 0, errors: '' });
});
