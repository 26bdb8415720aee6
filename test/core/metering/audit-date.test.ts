import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import { longestKept } from '../../../core/metering/points/read-timestamp.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant } from '../../../core/units/instant.ts';
import { at } from './by-minute.ts';
import { codes, endAt, measured } from './measured-by-minute.ts';

/** An hour of charging from ten o'clock on by the charger's clock, of which all messages arrive together much later. */
const late = (facts: Partial<MeteringFacts> = {}, days = 40, registers = [100_000, 107_000]) => {
  const receivedAt = Number(at(0)) + days * 86_400_000;
  const [from, to] = registers;
  return measured({
    maxPowerW: 22_000,
    start: { ...endAt(0, from), receivedAt },
    stop: { ...endAt(60, to), receivedAt: receivedAt + 500 },
    ...facts,
  });
};

const end = at(60);

describe('a session whose times agree with each other, but cannot be', () => {
  it('a session that was over before its charger was commissioned is held, and any later one keeps its times', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 * 24 * 30 }), (minutes) => {
        const result = late({ commissionedAt: at(60 + minutes) });

        expect(result.hold).toBe(minutes > 0);
        expect(codes(result)).toEqual(minutes > 0 ? ['BEFORE_COMMISSIONING'] : []);
        expect(result).toMatchObject({ startedAt: at(0), energy: 7_000_000n });
      }),
    );
  });

  it('a session that is dated more than two years before its charger was registered is held', () => {
    const registered = (later: bigint) => codes(late({ registeredAt: instant(end + later) }, 1000));

    expect(registered(longestKept)).toEqual([]);
    expect(registered(longestKept + 1n)).toEqual(['BEFORE_REGISTRATION']);
  });

  it('a session that continues the register of one that ended after it is held', () => {
    const previous = (wh: number, minutes = 24 * 60) =>
      codes(
        late({
          previousRegister: milliWattHours(BigInt(wh) * 1000n),
          previousEndedAt: at(minutes),
        }),
      );

    expect(previous(100_000)).toContain('BEFORE_PREVIOUS_SESSION');
    expect(previous(100_000, 60)).toEqual([]);
    expect(previous(60_000)).toContain('BEFORE_PREVIOUS_SESSION');
    // The other one came first, and its messages later.
    expect(previous(114_000)).toEqual(['REG_CONTINUITY_GAP']);
  });

  it('a session is not compared with another one where each counts from zero, or where no energy flowed', () => {
    const facts = (wh: number) => ({
      previousRegister: milliWattHours(BigInt(wh) * 1000n),
      previousEndedAt: at(24 * 60),
    });

    expect(codes(late(facts(0), 40, [0, 7000]))).toEqual([]);
    expect(codes(late(facts(100_000), 40, [100_000, 100_000]))).toEqual(['ZERO_ENERGY']);
  });
});
