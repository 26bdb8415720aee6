import { describe, expect, it } from 'vitest';
import type { TariffRestrictions } from '../../../core/tariff/model/tariff.ts';
import { conditionsOf } from '../../../core/tariff/rate/conditions.ts';
import { conditionsHold } from '../../../core/tariff/rate/conditions-hold.ts';
import type { Situation } from '../../../core/tariff/rate/situation.ts';
import { localTime } from '../../../core/units/local-time.ts';
import { at } from './described-session.ts';

/** Tuesday 2026-04-14, noon in Berlin: 10 kWh and half an hour into a session at 16 A and 11 kW. */
const noon: Situation = {
  phase: 'session',
  local: localTime(at('2026-04-14T10:00:00Z'), 'Europe/Berlin'),
  energy: 10_000_000n,
  elapsed: 1_800_000n,
  current: { least: 16_000_000n, most: 16_000_000n },
  power: { least: 11_000_000n, most: 11_000_000n },
};

describe('conditionsHold', () => {
  it.each<[TariffRestrictions, boolean]>([
    [{}, true],
    [{ startTime: '12:00' }, true],
    [{ startTime: '12:01' }, false],
    [{ endTime: '12:00' }, false],
    [{ endTime: '12:01' }, true],
    [{ startDate: '2026-04-14' }, true],
    [{ startDate: '2026-04-15' }, false],
    [{ endDate: '2026-04-14' }, false],
    [{ endDate: '2026-04-15' }, true],
    [{ minKwh: '10' }, true],
    [{ minKwh: '10.000001' }, false],
    [{ maxKwh: '10' }, false],
    [{ maxKwh: '10.000001' }, true],
    [{ minCurrent: '16' }, true],
    [{ minCurrent: '16.000001' }, false],
    [{ maxCurrent: '16' }, false],
    [{ maxCurrent: '16.000001' }, true],
    [{ minPower: '11' }, true],
    [{ minPower: '11.000001' }, false],
    [{ maxPower: '11' }, false],
    [{ maxPower: '11.000001' }, true],
    [{ minDuration: 1800 }, true],
    [{ minDuration: 1801 }, false],
    [{ maxDuration: 1800 }, false],
    [{ maxDuration: 1801 }, true],
    [{ dayOfWeek: ['MONDAY', 'TUESDAY'] }, true],
    [{ dayOfWeek: ['MONDAY', 'WEDNESDAY'] }, false],
    [{ dayOfWeek: [] }, true],
    [{ reservation: 'RESERVATION' }, false],
    [{ reservation: 'RESERVATION_EXPIRES' }, false],
  ])(
    'conditionsHold includes lower bounds and excludes upper ones: %j gives %s',
    (stated, expected) => {
      expect(conditionsHold(conditionsOf(stated), noon)).toBe(expected);
    },
  );

  it('conditionsHold requires every restriction to hold', () => {
    const all: TariffRestrictions = {
      startTime: '08:00',
      endTime: '18:00',
      startDate: '2026-01-01',
      endDate: '2027-01-01',
      minKwh: '5',
      maxKwh: '20',
      minCurrent: '6',
      maxCurrent: '32',
      minPower: '3',
      maxPower: '22',
      minDuration: 60,
      maxDuration: 3600,
      dayOfWeek: ['TUESDAY'],
    };
    const broken: readonly TariffRestrictions[] = [
      { startTime: '13:00' },
      { endTime: '11:00' },
      { startDate: '2026-05-01' },
      { endDate: '2026-04-01' },
      { minKwh: '11' },
      { maxKwh: '9' },
      { minCurrent: '20' },
      { maxCurrent: '10' },
      { minPower: '12' },
      { maxPower: '10' },
      { minDuration: 3000 },
      { maxDuration: 600 },
      { dayOfWeek: ['SUNDAY'] },
      { reservation: 'RESERVATION' },
    ];

    expect(conditionsHold(conditionsOf(all), noon)).toBe(true);
    for (const one of broken) {
      expect([one, conditionsHold(conditionsOf({ ...all, ...one }), noon)]).toEqual([one, false]);
    }
  });

  it('conditionsHold is false for a restriction on an unmeasured quantity', () => {
    const { current: _, power: __, ...unmeasured } = noon;
    for (const one of [
      { maxCurrent: '99' },
      { minCurrent: '0' },
      { maxPower: '99' },
      { minPower: '0' },
    ]) {
      expect(conditionsHold(conditionsOf(one), unmeasured)).toBe(false);
    }
  });
});
