import { describe, expect, it } from 'vitest';
import { lineTime } from '../../../core/tariff/bill/line-time.ts';
import { normalizePromoCode } from '../../../core/tariff/model/normalize-promo-code.ts';
import type { Tariff, TariffRestrictions } from '../../../core/tariff/model/tariff.ts';
import {
  meterPlannedSession,
  type PlannedSession,
} from '../../../core/tariff/preview/planned-session.ts';
import { previewPrice } from '../../../core/tariff/preview/preview-price.ts';
import { rateCardOf } from '../../../core/tariff/rate/rate-card.ts';
import { ratePeriods } from '../../../core/tariff/rate/rate-periods.ts';
import type { Phase } from '../../../core/tariff/rate/situation.ts';
import { lintTariff } from '../../../core/tariff/validate/lint-tariff.ts';
import { validateTariff } from '../../../core/tariff/validate/validate-tariff.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { duration, instant } from '../../../core/units/instant.ts';
import { milliWatts } from '../../../core/units/power.ts';
import { at } from './described-session.ts';

const minute = 60_000n;
const startedAt = at('2026-04-14T08:00:00Z');
const minuteOf = (minutes: number) => instant(startedAt + BigInt(minutes) * minute);
const point = (minutes: number, kWh: number) => ({
  at: minuteOf(minutes),
  energy: milliWattHours(BigInt(kWh * 1_000_000)),
});

const planned = (
  minutes: number,
  idle: number,
  taken: PlannedSession['taken'],
): PlannedSession => ({
  startedAt,
  duration: duration(BigInt(minutes) * minute),
  idle: duration(BigInt(idle) * minute),
  taken,
});

const evenly = (kWh: number): PlannedSession['taken'] => ({
  kind: 'energy',
  energy: milliWattHours(BigInt(kWh * 1_000_000)),
});

describe('meterPlannedSession', () => {
  it('meterPlannedSession returns a complete session without anomalies that is idle at its end', () => {
    expect(meterPlannedSession(planned(90, 30, evenly(10)))).toEqual({
      startedAt,
      endedAt: minuteOf(90),
      energy: 10_000_000n,
      quality: 'register',
      hold: false,
      anomalies: [],
      series: [point(0, 0), point(60, 10), point(90, 10)],
      activities: [
        { from: startedAt, kind: 'charging' },
        { from: minuteOf(60), kind: 'idle' },
      ],
    });
  });

  it('meterPlannedSession accepts a session that only charges or is only idle', () => {
    const { activities, series } = meterPlannedSession(planned(60, 0, evenly(10)));
    expect(activities).toEqual([{ from: startedAt, kind: 'charging' }]);
    expect(series).toEqual([point(0, 0), point(60, 10)]);
    const parked = meterPlannedSession(planned(60, 60, evenly(0)));
    expect(parked.activities).toEqual([{ from: startedAt, kind: 'idle' }]);
    expect(parked.series).toEqual([point(0, 0), point(60, 0)]);
  });

  it('meterPlannedSession puts all energy at the start of a session without duration', () => {
    expect(meterPlannedSession(planned(0, 0, evenly(10))).series).toEqual([point(0, 10)]);
  });

  it('meterPlannedSession adds a point wherever the power changes', () => {
    const steps = [
      { after: duration(0n), power: milliWatts(10_000_000n) },
      { after: duration(30n * minute), power: milliWatts(4_000_000n) },
    ];
    const { series, energy } = meterPlannedSession(planned(90, 30, { kind: 'power', steps }));
    expect(series).toEqual([point(0, 0), point(30, 5), point(60, 7), point(90, 7)]);
    expect(energy).toBe(7_000_000n);
    const none = meterPlannedSession(planned(90, 0, { kind: 'power', steps: [] }));
    expect(none.series).toEqual([point(0, 0), point(90, 0)]);
  });
});

const tariffOf = (restrictions: TariffRestrictions, stated: Partial<Tariff> = {}): Tariff => ({
  tariffId: 't',
  version: 1,
  name: 'T',
  currency: 'EUR',
  elements: [
    { priceComponents: [{ type: 'ENERGY', price: '2', stepSize: 0 }], restrictions },
    { priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 0 }] },
  ],
  rounding: { mode: 'half-up', scope: 'total' },
  ...stated,
});

describe('preview warnings', () => {
  const place = { timeZone: '+02:00', zoneAssumed: false, startRepeats: false };
  const warnings = (tariff: Tariff, stated: Partial<typeof place>) =>
    previewPrice(tariff, planned(60, 0, evenly(1)), { ...place, ...stated }).warnings;

  it('previewPrice warns that the time zone was assumed when the tariff depends on local time', () => {
    const byClock = tariffOf({ startTime: '20:00' });
    expect(warnings(byClock, { zoneAssumed: true })).toEqual([
      {
        path: 'timeZone',
        code: 'PREVIEW_TIME_ZONE_ASSUMED',
        message:
          'The tariff depends on the time of day and no time zone was given: +02:00, the offset of startedAt, was used.',
      },
    ]);
    expect(warnings(byClock, {})).toEqual([]);
    expect(warnings(tariffOf({ maxKwh: '5' }), { zoneAssumed: true })).toEqual([]);
    expect(warnings(tariffOf({ dayOfWeek: ['MONDAY'] }), { zoneAssumed: true })).toHaveLength(1);
  });

  it('previewPrice warns that the local start time occurs twice', () => {
    expect(warnings(tariffOf({ maxKwh: '5' }), { startRepeats: true })).toEqual([
      {
        path: 'startedAt',
        code: 'PREVIEW_START_REPEATS',
        message:
          'This local time occurs twice on that day; the first occurrence was used. Give an offset to choose.',
      },
    ]);
  });

  it('previewPrice warns that the tariff is not valid at the start', () => {
    const tariff = tariffOf({ maxKwh: '5' }, { validUntil: '2026-04-14T08:00:00.000Z' });
    expect(warnings(tariff, {})).toMatchObject([
      { path: 'startedAt', code: 'PREVIEW_TARIFF_NO_LONGER_VALID' },
    ]);
  });

  it('lintTariff warns of a grace period when idle time has no price', () => {
    const graced = tariffOf({ maxKwh: '5' }, { idleGraceMinutes: 10 });
    const message = 'The grace period or cap has no effect because idle time has no price.';
    expect(lintTariff(graced)).toEqual([
      { path: 'idleGraceMinutes', code: 'TARIFF_IDLE_UNPRICED', message },
    ]);
    const priced = tariffOf(
      {},
      {
        idleGraceMinutes: 10,
        elements: [
          {
            priceComponents: [
              { type: 'ENERGY', price: '1', stepSize: 0 },
              { type: 'PARKING_TIME', price: '1', stepSize: 0 },
            ],
          },
        ],
      },
    );
    expect(lintTariff(priced)).toEqual([]);
  });
});

describe('tariff validity and rates', () => {
  it('validateTariff accepts a validity with only a start or only an end', () => {
    const moment = '2026-04-14T08:00:00.000Z';
    expect(validateTariff(tariffOf({}, { validFrom: moment }))).toEqual([]);
    expect(validateTariff(tariffOf({}, { validUntil: moment }))).toEqual([]);
    expect(validateTariff(tariffOf({}, { validFrom: moment, validUntil: moment }))).toMatchObject([
      { path: 'validUntil', code: 'TARIFF_VALIDITY_EMPTY' },
    ]);
  });

  it('ratePeriods never prices energy of a reservation, nor energy that was not taken', () => {
    const card = rateCardOf(tariffOf({ reservation: 'RESERVATION' }));
    const rates = (phase: Phase, volumes: { readonly ENERGY?: bigint }) =>
      ratePeriods(card, [
        {
          from: minuteOf(0),
          to: minuteOf(10),
          activity: 'charging',
          idleIsFree: false,
          situation: {
            phase,
            local: { day: 0, weekday: 0, timeOfDay: 0 },
            energy: 0n,
            elapsed: 0n,
          },
          volumes,
        },
      ]).map((rated) => Object.keys(rated.rates));
    expect(rates('reservation', { ENERGY: 1n })).toEqual([[]]);
    expect(rates('session', { ENERGY: 1n })).toEqual([['ENERGY']]);
    expect(rates('session', {})).toEqual([[]]);
  });
});

describe('normalization', () => {
  it.each([
    ['0.166667', 600_000n],
    ['0.166666', 600_000n],
    ['0.166668', 600_005n],
    ['0.166665', 599_994n],
    ['0', 0n],
  ])(
    'lineTime reads %s hours as %i ms and restores whole seconds lost to rounding',
    (hours, expected) => {
      expect(lineTime(hours)).toBe(expected);
    },
  );

  it('normalizePromoCode ignores case and surrounding blanks', () => {
    expect(normalizePromoCode(' Spring-26 ')).toBe('SPRING-26');
  });
});
