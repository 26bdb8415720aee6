import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manyRuns, type Search, skipsPerRun } from './many-runs.ts';

const search = (times: number): Search => ({ times, milliseconds: 1000 });

/** The parameters of a law that is searched, and what was noted of it. */
function searched(range: Search, now = () => 0) {
  const noted: number[] = [];
  const plugin = manyRuns(range, now, (runs) => noted.push(runs));
  return { noted, parameters: { maxSkipsPerRun: skipsPerRun(range), plugins: [plugin] } };
}

describe('a search for counterexamples', () => {
  it('a law runs as many times as often as it asks for, whatever number it asks for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (n, times) => {
        const { noted, parameters } = searched(search(times));
        let runs = 0;
        const law = fc.property(fc.nat(), () => {
          runs += 1;
        });

        fc.assert(law, { ...parameters, numRuns: n });

        expect(runs).toBe(n * times);
        expect(noted).toEqual([n * times]);
      }),
    );
  });

  it('a law that waits runs as many times as often too', async () => {
    const { noted, parameters } = searched(search(7));
    const law = fc.asyncProperty(fc.nat(), async () => {
      await Promise.resolve();
    });

    await fc.assert(law, { ...parameters, numRuns: 10 });

    expect(noted).toEqual([70]);
  });

  it('a counterexample beyond the runs that a law asks for is found, and the smallest reported with its place', () => {
    let runs = 0;
    const rare = fc.property(fc.nat(), (n) => {
      runs += 1;
      return runs < 90 || n < 10;
    });
    const { parameters } = searched(search(100));

    const found = fc.check(rare, { ...parameters, numRuns: 2, seed: 5 });

    expect(found).toMatchObject({ failed: true, counterexample: [10] });
    expect(
      fc.check(
        fc.property(fc.nat(), (n) => n < 10),
        { seed: 5, path: found.counterexamplePath ?? '' },
      ),
    ).toMatchObject({ counterexample: [10] });
  });

  it('examples that a law itself refuses are not counted, and may be as many for each run as before', () => {
    const half = fc.property(fc.nat(), (n) => {
      fc.pre(n % 2 === 0);
    });
    const { noted, parameters } = searched(search(30));

    fc.assert(half, { ...parameters, numRuns: 5 });

    expect(noted).toEqual([150]);
  });

  it('a law whose time is over runs no more often than it asks for', () => {
    let time = 0;
    const { noted, parameters } = searched(search(100), () => time);
    const slow = fc.property(fc.nat(), () => {
      time += 100;
    });

    fc.assert(slow, { ...parameters, numRuns: 20 });

    // Ten within the time, of which none was counted, and those that it asks for.
    expect(noted).toEqual([30]);
  });
});
