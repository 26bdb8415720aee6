import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedOf } from './seed-of.ts';

const text = readFileSync(fileURLToPath(import.meta.url), 'utf8');

describe('seeds of laws', () => {
  it('a test has the same examples in every run until the text of its file changes', () => {
    const { seed } = fc.readConfigureGlobal();

    expect(seed).toBe(
      seedOf(
        text,
        'seeds of laws > a test has the same examples in every run until the text of its file changes',
      ),
    );
    expect(fc.sample(fc.integer())).toEqual(fc.sample(fc.integer()));
  });

  it('a test has other examples than another test, and than before its file changed', () => {
    const seeds = [seedOf('a', 'b'), seedOf('a', 'c'), seedOf('b', 'b'), seedOf('ab', '')];

    expect(new Set(seeds).size).toBe(seeds.length);
    expect(seeds.every((seed) => seed === (seed | 0))).toBe(true);
  });

  it('a counterexample is reported with the seed that repeats it', () => {
    const { seed } = fc.readConfigureGlobal();
    const broken = fc.property(fc.nat(), (n) => n < 5);

    expect(() => fc.assert(broken)).toThrow(`seed: ${seed}, path: "`);
  });
});
