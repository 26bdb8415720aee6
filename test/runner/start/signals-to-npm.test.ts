import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let dataDirectory: string;
let npm: ChildProcess | undefined;

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-npm-'));
});

afterEach(() => {
  // The group has whatever a failed test has left running.
  if (npm?.pid !== undefined) endGroup(npm.pid);
  rmSync(dataDirectory, { recursive: true, force: true });
});

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

type Running = {
  /** Resolves when such a thing was said. */
  readonly heard: (words: RegExp) => Promise<void>;
  /** Output until npm and everything it started were gone: each of them holds the pipe open. */
  readonly ended: Promise<string>;
};

/** npm with a script of ours, in a group of its own. */
function run(...script: readonly string[]): Running {
  const child = spawn('npm', script, {
    detached: true,
    env: {
      ...process.env,
      JOULEGATE_HTTP_PORT: '0',
      JOULEGATE_CHARGER_PORT: '0',
      JOULEGATE_DATA_DIR: dataDirectory,
    },
  });
  npm = child;
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      for (const listener of listeners) listener();
    });
  }
  return {
    heard: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (words.test(output)) resolve();
        };
        listeners.add(look);
        look();
      }),
    ended: new Promise((resolve) => child.on('close', () => resolve(output))),
  };
}

/** Files that only a running stack has in its data directory. */
const leftBehind = (): readonly string[] =>
  ['ready.json', 'process', join('dynoxide', 'engine.json')].filter((name) =>
    existsSync(join(dataDirectory, name)),
  );

const whenServing = /Joulegate is ready/;
const moments = [/Reading the template/, /Starting dynoxide/, /Starting functions/, whenServing];

describe('a signal to npm alone', () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
    test(`${signal} to npm alone ends a serving stack completely`, async () => {
      const { heard, ended } = run('start');
      await heard(whenServing);
      npm?.kill(signal);

      expect(await ended).toContain('stopping');
      expect(leftBehind()).toEqual([]);
    });
  }

  test('a signal to npm ends a stack even if only the shell between them receives it', async () => {
    const { heard, ended } = run('exec', '-c', 'node runner/start.ts; true');
    await heard(whenServing);
    npm?.kill('SIGTERM');

    expect(await ended).toContain('npm has ended: stopping');
    expect(leftBehind()).toEqual([]);
  });

  test.each(moments)(
    'SIGTERM to npm alone ends a stack completely at the moment of "%s"',
    async (moment) => {
      const { heard, ended } = run('start');
      await heard(moment);
      npm?.kill('SIGTERM');

      await ended;
      expect(leftBehind()).toEqual([]);
    },
  );

  test('a signal to npm alone ends the demo completely in the middle of its charging', async () => {
    const { heard, ended } = run('run', 'demo');
    await heard(/sessions of the three hours/);
    npm?.kill('SIGTERM');

    expect(await ended).toContain('stopping');
    expect(leftBehind()).toEqual([]);
  });
});
