import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookPause } from '../../../core/firmware/look-pause.ts';

const startedAt = '2026-04-14T16:30:00.000Z';
const inFlight = [{ chargerId: 'a', attempt: 1, startedAt }];
const pauseAfter = (seconds: number): number =>
  lookPause({ inFlight }, Date.parse(startedAt) + seconds * 1000);

describe('the pause until a campaign is looked at again', () => {
  it('a wave is looked at every 10 seconds at first, and every 5 minutes in the end', () => {
    expect([0, 40, 80, 600, 1_200, 86_400].map(pauseAfter)).toEqual([10, 10, 20, 150, 300, 300]);
  });

  it('a campaign of which nobody is in flight is looked at every 5 minutes', () => {
    expect(lookPause({ inFlight: [] }, Date.parse(startedAt))).toBe(300);
  });

  it('a wave is never looked at more often because it takes longer', () => {
    const seconds = fc.nat({ max: 700_000 });
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        expect(pauseAfter(Math.max(a, b))).toBeGreaterThanOrEqual(pauseAfter(Math.min(a, b)));
      }),
    );
  });
});
