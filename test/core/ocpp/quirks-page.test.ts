import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fieldQuirks, quirksPage } from '../../../build/quirks/quirks-page.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const quirks = fieldQuirks();

describe('the page of quirks', () => {
  it('docs/quirks.md says what the transcripts say today (npm run quirks)', () => {
    expect(readFileSync(join(root, 'docs/quirks.md'), 'utf8')).toBe(quirksPage());
  });

  it('the quirks of each subject are numbered from 1 without a gap, and a transcript is named after its quirk', () => {
    const numbers = Object.groupBy(quirks, ({ quirk }) => quirk.charAt(0));
    expect(Object.keys(numbers).sort()).toEqual(['A', 'B', 'C', 'M', 'T', 'X']);
    for (const [letter, ones = []] of Object.entries(numbers)) {
      expect(ones.map(({ quirk }) => quirk)).toEqual(ones.map((_one, n) => `${letter}${n + 1}`));
    }
    for (const { file, quirk } of quirks) expect(file).toContain(`/field/${quirk}-`);
  });

  it.each(quirks)('the code that $quirk names is there', ({ code }) => {
    expect(code.length).toBeGreaterThan(0);
    for (const path of code) expect(existsSync(join(root, path)), path).toBe(true);
  });
});
