import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import { milliWatts } from '../../../core/units/power.ts';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

/** Whole Wh that a power delivers in some minutes. */
const delivered = (watts: number, minutes: number): number => Math.floor((watts * minutes) / 60);

/** An hour that begins at a register, read in even steps up to some minutes before the stop. */
const charged = (
  {
    from = 100_000,
    watts,
    every,
    silent,
  }: Record<'watts' | 'every' | 'silent', number> & {
    readonly from?: number;
  },
  lastWatts: number,
  facts: Pick<MeteringFacts, 'maxPowerW' | 'previousPower'> = {},
) => {
  const reads = Array.from(
    { length: Math.floor((60 - silent) / every) },
    (_, n) => (n + 1) * every,
  );
  const taken = reads.map((minute): Taken => [minute, String(from + delivered(watts, minute))]);
  const last = reads.at(-1) ?? 0;
  const meterStop = from + delivered(watts, last) + delivered(lastWatts, 60 - last);
  return measured({ start: endAt(0, from), stop: endAt(60, meterStop), ...facts }, ...taken);
};

const course = fc.record({
  from: fc.constantFrom(0, 100_000, 12_345_678),
  watts: fc.integer({ min: 1400, max: 100_000 }),
  every: fc.integer({ min: 1, max: 15 }),
  silent: fc.integer({ min: 0, max: 14 }),
});

describe('the step to the register of the stop at a charger without a registered power', () => {
  it('a last step of 30 kWh that is more than ten times as steep as the session and any alternating current holds the CDR', () => {
    let held = 0;
    fc.assert(
      fc.property(course, fc.integer({ min: 10, max: 60 }), (session, times) => {
        const steep = Math.max(session.watts, 22_000) * times;
        fc.pre(session.silent >= 3 && delivered(steep, session.silent) >= 30_000);
        const { hold } = charged(session, steep);
        expect(hold).toBe(true);
        held += 1;
      }),
    );
    expect(held).toBeGreaterThan(50);
  });

  it('a last reading that is as steep as that holds the CDR as the stop does where the register of the stop is unknown', () => {
    let held = 0;
    fc.assert(
      fc.property(course, fc.integer({ min: 10, max: 60 }), (session, times) => {
        const { from, watts, every, silent } = session;
        const steep = Math.max(watts, 22_000) * times;
        fc.pre(silent >= 3 && delivered(steep, silent) >= 30_000);
        const reads = Array.from({ length: Math.floor((58 - silent) / every) }, (_, n) => n + 1);
        fc.pre(delivered(watts, every * reads.length) >= 800 && every * reads.length >= silent);
        const taken = reads.map(
          (n): Taken => [n * every, String(from + delivered(watts, n * every))],
        );
        const last = every * reads.length;
        const read = from + delivered(watts, last) + delivered(steep, silent);
        const facts = { start: endAt(0, from), stop: endAt(60) };
        const result = measured(facts, ...taken, [last + silent, String(read)]);
        expect(result.hold).toBe(true);
        held += 1;
      }),
    );
    expect(held).toBeGreaterThan(20);
  });

  it('a last step of a fast charger that is read every quarter of an hour is billed where the session before was a third as steep on average', () => {
    const slow = { from: 100_000, watts: 11_000, every: 15, silent: 0 };

    expect(charged({ ...slow, silent: 14 }, 150_000).hold).toBe(true);
    const previousPower = milliWatts(50_000_000n);
    expect(codes(charged({ ...slow, silent: 14 }, 150_000, { previousPower }))).toEqual([]);
    expect(charged({ ...slow, silent: 14 }, 300_000, { previousPower }).hold).toBe(true);
  });

  it('a last step that is up to three times as steep as the session is billed', () => {
    fc.assert(
      fc.property(course, fc.double({ min: 0, max: 3, noNaN: true }), (session, times) => {
        fc.pre(session.watts * times < 500_000);
        expect(codes(charged(session, session.watts * times))).toEqual([]);
      }),
    );
  });

  it('a vehicle that waits and then draws up to 22 kW is billed, however little it drew before', () => {
    fc.assert(
      fc.property(
        course,
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 1400, max: 22_000 }),
        (session, before, watts) => {
          const waiting = { ...session, watts: before };
          expect(charged(waiting, watts).hold && before >= 1300).toBe(false);
          expect(codes(charged(waiting, watts))).not.toContain('ENERGY_CONTRADICTED');
        },
      ),
    );
  });

  it('a stop register of 94 kWh within a quarter of an hour is held after an hour at 7 kW', () => {
    const taken: readonly Taken[] = [
      [15, '101750'],
      [30, '103500'],
      [45, '105250'],
    ];
    const facts = { start: endAt(0, 100_000), stop: endAt(60, 200_000) };

    expect(codes(measured(facts, ...taken))).toEqual(['ENERGY_CONTRADICTED']);
  });

  it('a last step is not compared with a few minutes in which the vehicle hardly began', () => {
    const taken: readonly Taken[] = [
      [1, '100000'],
      [2, '100060'],
    ];
    const facts = { start: endAt(0, 100_000), stop: endAt(40, 160_000) };

    expect(codes(measured(facts, ...taken))).toEqual([]);
  });

  it('a vehicle that had drawn less than 800 Wh before a long pause may draw whatever a charger delivers', () => {
    const cold = fc.record({
      warming: fc.integer({ min: 0, max: 799 }),
      pause: fc.integer({ min: 1, max: 90 }),
      watts: fc.integer({ min: 23_000, max: 450_000 }),
      silent: fc.integer({ min: 3, max: 30 }),
    });
    fc.assert(
      fc.property(cold, ({ warming, pause, watts, silent }) => {
        const drawn = 100_000 + warming;
        const taken = Array.from({ length: pause }, (_, n): Taken => [10 + n, String(drawn)]);
        const meterStop = drawn + delivered(watts, silent);
        const stop = endAt(9 + pause + silent, meterStop);
        fc.pre(meterStop - 100_000 < 300_000);
        const result = measured(
          { start: endAt(0, 100_000), stop },
          [5, String(100_000 + Math.floor(warming / 2))],
          ...taken,
        );

        expect(codes(result)).not.toContain('ENERGY_CONTRADICTED');
        expect(result.energy).toBe(BigInt(meterStop - 100_000) * 1000n);
      }),
    );
  });

  it('a last step that measured power explains is billed', () => {
    const power = { measurand: 'Power.Active.Import', unit: 'W' };
    const taken: readonly Taken[] = [
      [10, '100300'],
      [20, '100600'],
      [20, '150000', power],
      [30, '150000', power],
    ];
    const facts = { start: endAt(0, 100_000), stop: endAt(30, 125_600) };

    expect(codes(measured(facts, ...taken))).not.toContain('ENERGY_CONTRADICTED');
  });

  it('a charger with a registered power is judged by that power alone', () => {
    const session = { watts: 7000, every: 5, silent: 5 };

    expect(charged(session, 300_000).hold).toBe(true);
    expect(charged(session, 300_000, { maxPowerW: 350_000 }).hold).toBe(false);
  });
});
