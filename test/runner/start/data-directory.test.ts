import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
