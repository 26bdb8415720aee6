import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meteredSession } from './metered-session.ts';

const second = 1000;

/** Consecutive sessions of the station, each of a share of what it can give in that time, in thousandths. */
const stationDays = (least: number, most: number) =>
  fc.record({
    begin: fc.integer({ min: Date.UTC(2022, 3, 1), max: Date.UTC(2023, 6, 1) }),
    firstRegister: fc.bigInt({ min: 0n, max: 10n ** 11n }),
    sessions: fc.array(
      fc.record({
        seconds: fc.integer({ min: 60, max: 4 * 3600 }),
        pause: fc.integer({ min: 1, max: 86_400 }),
        share: fc.integer({ min: least, max: most }),
        dust: fc.bigInt({ min: 0n, max: 999n }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  });

type StationDays = ReturnType<typeof stationDays> extends fc.Arbitrary<infer T> ? T : never;

/** Meters each session, one behind the other on the register. */
function* metered({ begin, firstRegister, sessions }: StationDays) {
  let [at, register] = [begin - (begin % second), firstRegister];
  for (const { seconds, pause, share, dust } of sessions) {
    const most = (172_500n * 1000n * BigInt(seconds)) / 3600n;
    const energy = (most * BigInt(share)) / 1000n + dust;
    const end = at + seconds * second;
    yield { seconds, register, energy, result: meteredSession(at, end, register, energy) };
    register += energy;
    at = end + pause * second;
  }
}

describe('sessions of a 172.5 kW station, one behind the other on its register', () => {
  it('consecutive sessions of a 172.5 kW station meter to the mWh, and none is held', () => {
    fc.assert(
      // Of what the station can give in that time; real ones take less than nine tenths on the whole, and no vehicle less than 1.3 kW.
      fc.property(stationDays(8, 900), (days) => {
        for (const { energy, result } of metered(days)) {
          expect(result).toMatchObject({ hold: false, energy, anomalies: [] });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a session that draws evenly less than any vehicle meters to the mWh, and is held at most because its register may count kWh', () => {
    fc.assert(
      fc.property(stationDays(1, 7), (days) => {
        for (const { seconds, register, energy, result } of metered(days)) {
          expect(result.energy).toBe(energy);
          const codes = result.anomalies.map(({ code }) => code);
          expect(codes).toEqual(result.hold ? ['UNIT_KWH_AS_WH'] : []);
          // A shorter session has no course, and a register in kWh does not stand above 2 GWh.
          if (seconds < 600 || register > 2_000_000_000n) expect(result.hold).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});
