import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const lines = readFileSync(new URL('docs/pricing.md', root), 'utf8').split('\n');

const source = ['core/', 'lambdas/']
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
      .map((path) => readFileSync(new URL(`${folder}${path}`, root), 'utf8')),
  )
  .join('\n');

/** The functions that the last column of a decision names. */
const decisions = lines
  .filter((line) => line.startsWith('| ') && /`[a-z]\w+` \|$/.test(line))
  .map((line) => ({
    question: line.split('|')[1]?.trim() ?? '',
    functions: [...(line.split(' | ').at(-1) ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  }));

describe('docs/pricing.md', () => {
  it('docs/pricing.md lists more than 40 decisions', () =>
    expect(decisions.length).toBeGreaterThan(40));

  it.each(decisions)(
    'docs/pricing.md names only existing functions for the decision: $question',
    ({ functions }) => {
      expect(functions.length).toBeGreaterThan(0);
      for (const name of functions) {
        const isThere = new RegExp(`(?:const|function) ${name}\\b`).test(source);
        expect([name, isThere]).toEqual([name, true]);
      }
    },
  );
});
