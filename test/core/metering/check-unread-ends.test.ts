import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectorStatus } from '../../../core/charger/connector-status.ts';
import { measure } from '../../../core/metering/measure.ts';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { statePointsOf } from '../../../core/metering/points/state-points.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { codes, endAt, iso, readings } from './measured-by-minute.ts';

/** A session of two hours of which the register at the start is unknown, and that stands still from its first reading on. */
const full = (
  states: readonly (readonly [minutes: number, status: ConnectorStatus])[],
  firstAt: number,
  facts: Partial<MeteringFacts> = {},
) =>
  measure(
    pointsOf(readings([firstAt, '125289'], [firstAt + 30, '125289'])),
    { start: endAt(0), stop: endAt(120, 125_289), ...facts },
    statePointsOf(states.map(([minutes, status]) => ({ timestamp: iso(minutes), status }))),
  );

const minutes = fc.record({ charges: fc.integer({ min: 1, max: 60 }), silent: fc.nat(30) });

describe('a session of which the register at the start is unknown', () => {
  it('a vehicle that charged for 10 minutes and was full before the first reading is not billed for nothing', () => {
    fc.assert(
      fc.property(minutes, ({ charges, silent }) => {
        const result = full(
          [
            [0, 'charging'],
            [charges, 'suspended-by-vehicle'],
          ],
          charges + silent,
        );

        expect(codes(result).includes('METER_ENDS_MISSING')).toBe(charges >= 10);
        expect(result.hold).toBe(charges >= 10);
      }),
    );
  });

  it('a vehicle that was full all the time is billed for nothing', () => {
    expect(full([[0, 'suspended-by-vehicle']], 15).hold).toBe(false);
  });

  it('a vehicle that is said to charge, beside a first reading of what the session before ended with, is billed for nothing', () => {
    const previousRegister = milliWattHours(125_289_000n);
    const states = [
      [0, 'charging'],
      [15, 'suspended-by-vehicle'],
    ] as const;

    expect(full(states, 15, { previousRegister }).hold).toBe(false);
  });

  it('what is missing before the first reading is measured by how the vehicle charged after it, however long it stood then', () => {
    const course = fc.record({
      watts: fc.integer({ min: 3700, max: 22_000 }),
      firstAt: fc.integer({ min: 1, max: 60 }),
      charges: fc.integer({ min: 1, max: 30 }),
      stands: fc.integer({ min: 0, max: 600 }),
    });
    let held = 0;
    fc.assert(
      fc.property(course, ({ watts, firstAt, charges, stands }) => {
        const full = firstAt + charges;
        const end = full + stands;
        const registerAt = (minute: number) =>
          100_000 + Math.round((Math.min(minute, full) * watts) / 60);
        const taken = [firstAt, end, end + 5].map(
          (minute) => [minute, String(registerAt(minute))] as const,
        );
        const result = measure(
          pointsOf(readings(...taken)),
          { start: endAt(0), stop: endAt(end + 5, registerAt(end)), maxPowerW: 22_000 },
          statePointsOf([
            { timestamp: iso(0), status: 'charging' },
            { timestamp: iso(full), status: 'suspended-by-vehicle' },
          ]),
        );
        const [missing, counted] = [(firstAt * watts) / 60, (charges * watts) / 60];
        const isMuch = missing > counted / 4 + 1000;
        if (Math.abs(missing - counted / 4 - 1000) < 50) return;
        held += isMuch ? 1 : 0;
        if (isMuch) expect(codes(result)).toContain('METER_ENDS_MISSING');
        else expect(result.hold).toBe(false);
      }),
      { examples: [[{ watts: 22_000, firstAt: 15, charges: 2, stands: 13 }]] },
    );
    expect(held).toBeGreaterThan(10);
  });
});
