import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChargingPlan,
  planAt,
  plannedReadings,
} from '../../../fleet/charger/charging-plan.ts';

const plan = fc
  .record({
    connectorId: fc.constant(1),
    idTag: fc.constant('ADA'),
    startedAt: fc.integer({ min: 1_600_000_000_000, max: 1_700_000_000_000 }),
    minutes: fc.integer({ min: 1, max: 600 }),
    energy: fc.bigInt({ min: 1n, max: 300_000_000n }),
    registerAtStart: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    readings: fc.integer({ min: 0, max: 60 }),
    chargingShare: fc.double({ min: 0.1, max: 1, noNaN: true }),
  })
  .map(
    ({ minutes, ...rest }): ChargingPlan => ({
      ...rest,
      endedAt: rest.startedAt + minutes * 60_000,
    }),
  );

describe('a simulated charging session', () => {
  it('a simulated session starts at its register and ends with exactly its energy more', () => {
    fc.assert(
      fc.property(plan, (p) => {
        expect(planAt(p, p.startedAt).register).toBe(p.registerAtStart);
        expect(planAt(p, p.endedAt).register).toBe(p.registerAtStart + p.energy);
      }),
    );
  });

  it('the register of a simulated session never decreases', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const registers = [p.registerAtStart, ...plannedReadings(p).map((r) => r.register)];
        registers.reduce((before, after) => {
          expect(after >= before).toBe(true);
          return after;
        });
      }),
    );
  });

  it('a simulated session has no power once the vehicle is full', () => {
    const parked: ChargingPlan = {
      connectorId: 1,
      idTag: 'ADA',
      startedAt: 0,
      endedAt: 3_600_000,
      energy: 10_000_000n,
      registerAtStart: 0n,
      readings: 3,
      chargingShare: 0.5,
    };

    const powers = plannedReadings(parked).map((reading) => reading.power);

    expect(powers).toEqual([20_000, 0, 0]);
  });
});
