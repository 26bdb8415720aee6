import { describe, expect, it } from 'vitest';
import { searchPlan } from './search-plan.ts';

const law = 'fc.assert(fc.property(fc.nat(), (n) => n >= 0))';
const tests = [
  { path: 'test/core/tariff/laws.test.ts', text: law },
  { path: 'test/core/units/time.test.ts', text: law },
  { path: 'test/core/units/examples.test.ts', text: "it('one', () => {})" },
  { path: 'test/laws/many-runs.test.ts', text: law },
];

describe('a search for counterexamples', () => {
  it('all files with laws are searched a hundred times, for half a minute each law', () => {
    expect(searchPlan([], tests)).toEqual({
      times: 100,
      seconds: 30,
      files: ['test/core/tariff/laws.test.ts', 'test/core/units/time.test.ts'],
    });
  });

  it('files are named by any part of their paths', () => {
    const { files } = searchPlan(['core/units', '--times', '7', 'nowhere'], tests);

    expect(files).toEqual(['test/core/units/time.test.ts']);
  });

  it('how far and with how many workers is said by numbers', () => {
    const args = ['--times', '2000', '--seconds', '5', '--workers', '1'];

    expect(searchPlan(args, tests)).toMatchObject({ times: 2000, seconds: 5, workers: 1 });
  });

  it.each(['0', '-1', '1.5', 'all', '', '12345678'])('%j is no number of times', (text) => {
    expect(() => searchPlan([`--times=${text}`], tests)).toThrow(`not '${text}'`);
  });

  it('a search without any law, or with an option that there is not, is refused', () => {
    expect(() => searchPlan(['units/examples', 'laws/many'], tests)).toThrow(
      'There are no laws in units/examples, laws/many',
    );
    expect(() => searchPlan(['--minutes', '3'], tests)).toThrow('--minutes');
  });
});
