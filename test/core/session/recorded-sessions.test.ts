import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meteredSession } from './metered-session.ts';

const second = 1000;

describe('sessions of a 172.5 kW station, one behind the other on its register', () => {
  it('consecutive sessions of a 172.5 kW station meter to the mWh, and none is held', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2022, 3, 1), max: Date.UTC(2023, 6, 1) }),
        fc.bigInt({ min: 0n, max: 10n ** 11n }),
        fc.array(
          fc.record({
            seconds: fc.integer({ min: 60, max: 4 * 3600 }),
            pause: fc.integer({ min: 1, max: 86_400 }),
            // Of what the station can give in that time; real ones take less than nine tenths on the whole.
            share: fc.integer({ min: 1, max: 900 }),
            dust: fc.bigInt({ min: 0n, max: 999n }),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        (begin, firstRegister, sessions) => {
          let [at, register] = [begin - (begin % second), firstRegister];
          for (const { seconds, pause, share, dust } of sessions) {
            const most = (172_500n * 1000n * BigInt(seconds)) / 3600n;
            const energy = (most * BigInt(share)) / 1000n + dust;
            const end = at + seconds * second;

            const result = meteredSession(at, end, register, energy);

            expect(result).toMatchObject({ hold: false, energy, anomalies: [] });
            register += energy;
            at = end + pause * second;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
