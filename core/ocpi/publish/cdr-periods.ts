import type { CdrContent } from '../../cdr/model/cdr.ts';
import type { PricePeriod } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { shortDecimal } from '../../units/decimal.ts';
import { roundHalfUp } from '../../units/rounding.ts';
import type { ChargingPeriod } from '../model/shared.ts';
import { energyOf, isFreeIdle, momentOf, statedPowers } from './stated-power.ts';

const msPerHour = 3_600_000n;
const places = 6;

/** A time in hours, rounded half up to 6 decimals: hours are what OCPI counts in, and few times are a whole number of them. */
export const hoursText = (ms: bigint): string =>
  shortDecimal(roundHalfUp(ms * 10n ** BigInt(places), msPerHour), places);

/** An energy in kWh as decimal text, exact. */
export const kwhText = (kwh: number): string => shortDecimal(energyOf(kwh), 6);

/** The milliseconds of a period. */
const lengthOf = ({ startedAt, endedAt }: PricePeriod): bigint =>
  momentOf(endedAt) - momentOf(startedAt);

/** True for time that counts as parking to partners. */
const isParked = (period: PricePeriod, tariff: Tariff): boolean =>
  period.activity === 'idle' && !isFreeIdle(period, tariff);

type Dimension = ChargingPeriod['dimensions'][number];

const timeOf = (period: PricePeriod, tariff: Tariff): readonly Dimension[] => {
  const volume = hoursText(lengthOf(period));
  if (period.activity === 'charging') return [{ type: 'TIME', volume }];
  return isParked(period, tariff) ? [{ type: 'PARKING_TIME', volume }] : [];
};

const powerOf = (power: bigint | undefined): readonly Dimension[] => {
  if (power === undefined) return [];
  const volume = shortDecimal(power, 6);
  return ['MIN_POWER', 'MAX_POWER'].map((type) => ({ type, volume }));
};

/** The charging periods of a CDR of ours: one wherever a price changed, with all that its price depends on. */
export const cdrPeriods = (
  { periods, timeZone }: Pick<CdrContent, 'periods' | 'timeZone'>,
  tariff: Tariff,
): readonly ChargingPeriod[] => {
  const powers = statedPowers(tariff, periods, timeZone);
  return periods.map((period, at) => ({
    startDateTime: period.startedAt,
    dimensions: [
      { type: 'ENERGY', volume: kwhText(period.energyKwh) },
      ...timeOf(period, tariff),
      ...powerOf(powers[at]),
    ],
    tariffId: tariff.tariffId,
  }));
};

/** The parking time of a CDR in hours as its periods state it; undefined where none was parked. */
export const parkingHours = (
  { periods }: Pick<CdrContent, 'periods'>,
  tariff: Tariff,
): string | undefined => {
  const parked = periods.filter((period) => isParked(period, tariff));
  return parked.length === 0
    ? undefined
    : hoursText(parked.reduce((sum, period) => sum + lengthOf(period), 0n));
};
