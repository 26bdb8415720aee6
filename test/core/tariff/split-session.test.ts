import { describe, expect, it } from 'vitest';
import type {
  PriceComponent,
  Tariff,
  TariffDimension,
  TariffElement,
  TariffRestrictions,
} from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { activityIntervals } from '../../../core/tariff/split/activity-intervals.ts';
import { energyAt, meanPower, whenReached } from '../../../core/tariff/split/energy-curve.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant, isoInstant } from '../../../core/units/instant.ts';
import { at, type DescribedSession, meteredOf } from './described-session.ts';

const clock = (time: string): string => `2026-04-14T${time}:00Z`;

type Told = {
  readonly from?: string;
  readonly to?: string;
  readonly series?: readonly (readonly [string, string])[];
  readonly activities?: DescribedSession['activities'];
};

/** From 08:00 to 10:00 with 20 kWh unless stated otherwise. */
const sessionOf = ({ from = clock('08:00'), to = clock('10:00'), series, activities }: Told) =>
  meteredOf({
    timeZone: 'UTC',
    startedAt: from,
    endedAt: to,
    series: series ?? [
      [from, '0'],
      [to, '20'],
    ],
    activities: activities ?? [[from, 'charging']],
  });

const price = (type: TariffDimension, amount: string): PriceComponent => ({
  type,
  price: amount,
  stepSize: 0,
});

const element = (
  component: PriceComponent,
  restrictions: TariffRestrictions = {},
): TariffElement => ({
  priceComponents: [component],
  restrictions,
});

const tariffOf = (...elements: readonly TariffElement[]): Tariff => ({
  tariffId: 't',
  version: 1,
  name: 'T',
  currency: 'EUR',
  elements,
  rounding: { mode: 'half-up', scope: 'total' },
});

const bill = (tariff: Tariff, told: Told, zone = 'UTC') =>
  priceSession(tariff, sessionOf(told), zone);

const cost = (tariff: Tariff, told: Told = {}, zone = 'UTC') =>
  bill(tariff, told, zone).total.exclVat;

describe('price with a maximum energy', () => {
  const tariff = tariffOf(
    element(price('TIME', '6'), { maxKwh: '10' }),
    element(price('TIME', '60')),
  );
  const full: Told = {
    series: [
      [clock('08:00'), '0'],
      [clock('09:00'), '10'],
      [clock('10:00'), '10'],
    ],
  };

  it('a price up to 10 kWh also ends when the session takes exactly 10 kWh', () => {
    expect(cost(tariff, full)).toBe('66.00');
  });

  it('a price up to 10 kWh ends at the same moment when another reading repeats the register', () => {
    const series = [...(full.series ?? [])];
    series.splice(2, 0, [clock('09:30'), '10']);
    expect(bill(tariff, { series })).toEqual(bill(tariff, full));
  });
});

describe('price restricted by date and time', () => {
  const overMidnight: Told = { from: clock('22:00'), to: '2026-04-15T02:00:00Z' };
  const hourly = element(price('TIME', '1'));

  it.each<[string, TariffRestrictions, string]>([
    // 2026-04-14 is a Tuesday.
    ['begins on its start date', { startDate: '2026-04-15' }, '22.00'],
    ['ends on its end date', { endDate: '2026-04-15' }, '22.00'],
    ['applies only on its weekdays', { dayOfWeek: ['WEDNESDAY'] }, '22.00'],
    ['with an empty list of weekdays applies every day', { dayOfWeek: [] }, '40.00'],
    ['begins at its start time', { startTime: '23:30' }, '8.50'],
  ])('a price %s', (_words, restrictions, expected) => {
    const tariff = tariffOf(element(price('TIME', '10'), restrictions), hourly);
    expect(cost(tariff, overMidnight)).toBe(expected);
  });

  it('only a price restricted by date or time needs the time zone of the charger', () => {
    expect(cost(tariffOf(hourly), overMidnight, 'Mars/Olympus')).toBe('4.00');
    const tariff = tariffOf(element(price('TIME', '10'), { startDate: '2026-04-15' }), hourly);
    expect(() => cost(tariff, overMidnight, 'Mars/Olympus')).toThrow('no time zone');
  });
});

describe('price restricted by power', () => {
  const told: Told = {
    series: [
      [clock('08:00'), '0'],
      [clock('09:00'), '4'],
      [clock('09:30'), '10'],
    ],
  };

  it.each<[string, TariffRestrictions, string]>([
    ['minimum', { minPower: '12' }, '9.00'],
    ['maximum', { maxPower: '12' }, '10.00'],
  ])(
    'a price with a %s power applies at that power and not where power is unmeasured',
    (_words, restrictions, expected) => {
      const tariff = tariffOf(
        element(price('TIME', '6'), restrictions),
        element(price('TIME', '4'), {}),
      );
      expect(cost(tariff, told)).toBe(expected);
    },
  );
});

describe('single price restricted by power', () => {
  const told: Told = {
    series: [
      [clock('08:00'), '0'],
      [clock('09:00'), '4'],
      [clock('09:30'), '10'],
    ],
  };

  it.each<[string, TariffRestrictions, string]>([
    ['minimum', { minPower: '12' }, '3.00'],
    ['maximum', { maxPower: '12' }, '6.00'],
  ])(
    'a price with a %s power bills the time at that power when nothing else has a price',
    (_words, restrictions, expected) => {
      const tariff = tariffOf(element(price('TIME', '6'), restrictions));
      expect(cost(tariff, { ...told, to: clock('09:30') })).toBe(expected);
    },
  );
});

describe('start and end of a session', () => {
  it('the billed periods begin and end with the session, whatever its activities say', () => {
    const activities: Told['activities'] = [
      [clock('07:00'), 'charging'],
      [clock('09:30'), 'idle'],
      [clock('11:00'), 'charging'],
    ];
    const { periods } = bill(
      tariffOf(element(price('TIME', '6')), element(price('PARKING_TIME', '2'))),
      { activities },
    );
    expect(periods).toEqual([
      {
        startedAt: '2026-04-14T08:00:00.000Z',
        endedAt: '2026-04-14T09:30:00.000Z',
        energyKwh: 15,
        activity: 'charging',
        elements: { TIME: 0 },
      },
      {
        startedAt: '2026-04-14T09:30:00.000Z',
        endedAt: '2026-04-14T10:00:00.000Z',
        energyKwh: 5,
        activity: 'idle',
        elements: { PARKING_TIME: 1 },
      },
    ]);
  });

  it('a fee that would begin at the instant the session ends is not billed', () => {
    const late = element(price('FLAT', '5'), { startTime: '10:00' });
    expect(cost(tariffOf(late))).toBe('0.00');
    expect(cost(tariffOf(late), { to: clock('10:01') })).toBe('5.00');
    expect(cost(tariffOf(late), { from: clock('10:00') })).toBe('5.00');
  });

  it('periods separate charging and idle time even when neither has a price', () => {
    const activities: Told['activities'] = [
      [clock('08:00'), 'charging'],
      [clock('09:00'), 'idle'],
    ];
    const { periods } = bill(tariffOf(element(price('ENERGY', '1'))), { activities });
    expect(periods.map(({ activity, energyKwh }) => [activity, energyKwh])).toEqual([
      ['charging', 10],
      ['idle', 10],
    ]);
  });
});

describe('price changes from several restrictions', () => {
  it('price changes from several restrictions apply in order of time, each at the energy of its moment', () => {
    const told: Told = {
      series: [
        [clock('08:00'), '0'],
        [clock('08:20'), '8'],
        [clock('09:00'), '10'],
        [clock('10:00'), '10'],
      ],
      activities: [
        [clock('08:00'), 'charging'],
        [clock('09:00'), 'idle'],
      ],
    };
    // After ten minutes 4 kWh, after half an hour 8.5.
    const tariff = tariffOf(
      element(price('ENERGY', '100'), { minDuration: 1800 }),
      element(price('ENERGY', '1'), { maxDuration: 600 }),
    );
    expect(cost(tariff, told)).toBe('154.00');
  });
});

describe('idle time', () => {
  it('free idle time has a separate period even when idle time has no price', () => {
    const tariff = { ...tariffOf(element(price('ENERGY', '1'))), idleGraceMinutes: 30 };
    const { periods } = bill(tariff, { activities: [[clock('08:00'), 'idle']] });
    expect(periods.map(({ startedAt }) => startedAt.slice(11, 16))).toEqual(['08:00', '08:30']);
  });

  const session = (to: string, ...activities: NonNullable<Told['activities']>) => ({
    startedAt: at(clock('08:00')),
    activities: activities.map(([from, kind]) => ({ from: at(from), kind })),
    end: at(to),
  });
  const spans = (
    { end, ...told }: ReturnType<typeof session>,
    grace: bigint,
    until?: bigint,
  ): readonly (readonly [string, string, boolean])[] =>
    activityIntervals(told, end, {
      from: grace * 60_000n,
      ...(until === undefined ? {} : { until: until * 60_000n }),
    }).map(({ from, activity, idleIsFree }) => [
      isoInstant(from).slice(11, 16),
      activity,
      idleIsFree,
    ]);

  it('several idle intervals share one grace period and one cap', () => {
    const told = session(
      clock('12:00'),
      [clock('08:00'), 'idle'],
      [clock('08:20'), 'charging'],
      [clock('09:00'), 'idle'],
      [clock('10:00'), 'charging'],
      [clock('11:00'), 'idle'],
    );
    expect(spans(told, 30n, 60n)).toEqual([
      ['08:00', 'idle', true],
      ['08:20', 'charging', false],
      ['09:00', 'idle', true],
      ['09:10', 'idle', false],
      ['09:40', 'idle', true],
      ['10:00', 'charging', false],
      ['11:00', 'idle', true],
    ]);
    expect(spans(told, 30n)).toEqual([
      ['08:00', 'idle', true],
      ['08:20', 'charging', false],
      ['09:00', 'idle', true],
      ['09:10', 'idle', false],
      ['10:00', 'charging', false],
      ['11:00', 'idle', false],
    ]);
  });

  it('idle time that ends with its grace period is never billed', () => {
    const told = session(clock('09:00'), [clock('08:00'), 'charging'], [clock('08:30'), 'idle']);
    expect(spans(told, 30n)).toEqual([
      ['08:00', 'charging', false],
      ['08:30', 'idle', true],
    ]);
  });

  it('idle time ends with the session, and an activity without length is dropped', () => {
    const told = session(
      clock('09:00'),
      [clock('08:00'), 'idle'],
      [clock('08:30'), 'charging'],
      [clock('08:30'), 'idle'],
      [clock('11:00'), 'charging'],
    );
    expect(spans(told, 120n)).toEqual([
      ['08:00', 'idle', true],
      ['08:30', 'idle', true],
    ]);
    expect(spans(told, 45n)).toEqual([
      ['08:00', 'idle', true],
      ['08:30', 'idle', true],
      ['08:45', 'idle', false],
    ]);
  });

  it('a session without length still has an activity', () => {
    expect(spans(session(clock('08:00'), [clock('08:00'), 'idle']), 30n)).toEqual([
      ['08:00', 'idle', false],
    ]);
    expect(spans(session(clock('08:00')), 30n)).toEqual([['08:00', 'charging', false]]);
  });
});

describe('energy curve', () => {
  const point = (time: bigint, energy: bigint) => ({
    at: instant(time),
    energy: milliWattHours(energy),
  });
  const series = [point(10n, 0n), point(20n, 5n), point(20n, 7n), point(30n, 7n)];

  it('energyAt is constant before the first reading and after the last', () => {
    const instants = [0n, 10n, 40n].map(instant);
    expect(energyAt(series, instants)).toEqual([point(0n, 0n), point(10n, 0n), point(40n, 7n)]);
  });

  it('energyAt includes every reading at the instant itself', () => {
    expect(energyAt(series, [instant(20n)])).toEqual([point(20n, 7n)]);
  });

  it('whenReached is undefined for no energy and for more than was taken', () => {
    expect(whenReached(series, 0n)).toBeUndefined();
    expect(whenReached(series, 8n)).toBeUndefined();
    expect(whenReached(series, 7n)).toEqual(point(20n, 7n));
    expect(whenReached(series, 1n)).toEqual(point(12n, 1n));
  });

  it('meanPower is undefined between two readings at the same instant', () => {
    expect(meanPower(point(20n, 5n), point(20n, 7n))).toBeUndefined();
    expect(meanPower(point(20n, 5n), point(21n, 7n))).toEqual({
      least: 7_200_000n,
      most: 7_200_000n,
    });
  });
});
