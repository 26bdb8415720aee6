import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { takeDataDirectory } from '../../../runner/data-directory.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'joulegate-data-'));
});

afterEach(() => rmSync(parent, { recursive: true }));

test('a data directory belongs to one stack at a time', () => {
  const path = join(parent, 'deep', 'data');
  const taken = takeDataDirectory(path);
  expect(() => takeDataDirectory(path)).toThrow(`in use by the stack of process ${process.pid}`);
  taken.release();
  takeDataDirectory(path).release();
});

test('leftovers of a crash do not block the next stack', () => {
  writeFileSync(join(parent, 'process'), '4194304');
  takeDataDirectory(parent).release();
});

/** Another process of Node that is under way, and takes the directory of the test or leaves it. */
const other = async (takes: boolean): Promise<ChildProcess> => {
  const module = new URL('../../../runner/data-directory.ts', import.meta.url).href;
  const take = `(await import(${JSON.stringify(module)})).takeDataDirectory(process.argv[1]);`;
  const program = `${takes ? take : ''} console.log('ready'); setInterval(() => {}, 60_000);`;
  const args = ['--input-type=module', '-e', program, parent];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
};

test('a data directory of another process is refused while that runs, and free when it was killed', async () => {
  const child = await other(true);
  expect(() => takeDataDirectory(parent)).toThrow(`in use by the stack of process ${child.pid}`);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  takeDataDirectory(parent).release();
});

test.skipIf(process.platform !== 'linux')(
  'a process that was given the number of a stack which crashed does not block the next stack',
  async () => {
    const killed = await other(true);
    const ended = once(killed, 'exit');
    killed.kill('SIGKILL');
    await ended;
    const { pid } = await other(false);
    const holder = join(parent, 'process');
    const left = readFileSync(holder, 'utf8').replace(/^\d+/, String(pid));
    writeFileSync(holder, left);

    takeDataDirectory(parent).release();
  },
);

test('a path where no directory can be created is refused at once', () => {
  expect(() => takeDataDirectory('/proc/nothing/here')).toThrow(
    'The data directory /proc/nothing/here cannot be used: ENOENT',
  );
});

test('a file in place of the data directory is refused', () => {
  const path = join(parent, 'file');
  writeFileSync(path, '');
  expect(() => takeDataDirectory(path)).toThrow(/data directory .* cannot be used: EEXIST/);
});
