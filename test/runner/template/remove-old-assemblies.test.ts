import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimAssembly } from '../../../runner/template/assembly-claims.ts';
import { removeOldAssemblies } from '../../../runner/template/remove-old-assemblies.ts';

/** A cache with assemblies `a1`, the oldest, to `a9`. */
function cacheOfNine(): string {
  const cache = mkdtempSync(join(tmpdir(), 'joulegate-assemblies-'));
  onTestFinished(() => rmSync(cache, { recursive: true }));
  mkdirSync(join(cache, 'in-use'));
  for (let age = 1; age <= 9; age += 1) {
    const folder = join(cache, `assembly-a${age}`);
    mkdirSync(folder);
    utimesSync(folder, age * 1000, age * 1000);
  }
  return cache;
}

const assembliesIn = (cache: string): readonly string[] =>
  readdirSync(cache)
    .filter((name) => name.startsWith('assembly-'))
    .map((name) => name.slice('assembly-'.length))
    .sort();

test('the latest assemblies are kept and older ones removed', () => {
  const cache = cacheOfNine();
  removeOldAssemblies(cache);
  expect(assembliesIn(cache)).toEqual(['a5', 'a6', 'a7', 'a8', 'a9']);
  expect(readdirSync(cache).filter((name) => name.startsWith('removed-'))).toEqual([]);
});

test('a running stack keeps its code, whatever its age', async () => {
  const cache = cacheOfNine();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
  const ended = new Promise((done) => other.once('exit', done));
  claimAssembly(join(cache, 'assembly-a1'));
  writeFileSync(join(cache, 'in-use', `assembly-a2.${other.pid}`), '');

  removeOldAssemblies(cache);
  expect(assembliesIn(cache)).toEqual(['a1', 'a2', 'a5', 'a6', 'a7', 'a8', 'a9']);

  other.kill('SIGKILL');
  await ended;
  removeOldAssemblies(cache);
  expect(assembliesIn(cache)).toEqual(['a1', 'a5', 'a6', 'a7', 'a8', 'a9']);
  expect(existsSync(join(cache, 'in-use', `assembly-a2.${other.pid}`))).toBe(false);
});
