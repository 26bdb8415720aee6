import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recallFleets, rememberFleets } from '../../../fleet/demo/demo-memory.ts';

let folder: string;
const file = (): string => join(folder, 'demo-fleets.json');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'joulegate-memory-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('fleets are restored unchanged, registers to the last digit, and readable by their owner only', async () => {
  const run = { from: 1, registers: { 'demo-a': 2n ** 64n + 1n }, finished: false };
  const fleets = [{ fleet: 1, passwords: { 'demo-a': 'secret' }, run }];
  await rememberFleets(file(), fleets);

  expect(await recallFleets(file())).toEqual(fleets);
  expect(statSync(file()).mode & 0o077).toBe(0);
});

it('nothing is restored without a file, and one line reports an unreadable file', async () => {
  expect(await recallFleets(file())).toEqual([]);
  for (const text of ['{', '{}', '[{}]']) {
    writeFileSync(file(), text);
    await expect(recallFleets(file())).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_UNUSABLE',
      message: expect.stringContaining('demo-fleets.json holds no fleets'),
    });
  }
  await expect(recallFleets(folder)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_UNUSABLE' });
});
