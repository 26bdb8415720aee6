import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utilisation } from '../../../core/analytics/utilisation.ts';
import { duration } from '../../../core/units/instant.ts';

const hour = 3_600_000n;

describe('the utilisation of connectors', () => {
  it.each([
    [0n, 720n, '0.00'],
    [1n, 720n, '0.13'],
    [360n, 720n, '50.00'],
    [720n, 720n, '100.00'],
    // A session that began the month before.
    [800n, 720n, '111.11'],
    // A credit whose CDR counts for another month.
    [-1n, 720n, '0.00'],
  ])('%s hours occupied of %s is %s %%', (occupied, possible, percent) => {
    expect(utilisation(duration(occupied * hour), duration(possible * hour))).toBe(percent);
  });

  it('without a connector, or a time, there is none', () => {
    expect(utilisation(duration(hour), duration(0n))).toBeUndefined();
  });

  it('it is never above what was occupied, nor a hundredth of a percent below', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n), (occupied, possible) => {
        const hundredths = BigInt(
          (utilisation(duration(occupied), duration(possible)) ?? '').replace('.', ''),
        );
        expect(hundredths * possible <= occupied * 10_000n).toBe(true);
        expect((hundredths + 1n) * possible > occupied * 10_000n).toBe(true);
      }),
    );
  });
});
