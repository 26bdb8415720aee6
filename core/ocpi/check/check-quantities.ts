import { shortDecimal } from '../../units/decimal.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import { roundHalfUp } from '../../units/rounding.ts';
import { sumOf } from '../common/decimal-text.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import { type CdrDifference, numberDifference } from './cdr-difference.ts';

const msPerHour = 3_600_000n;

const instantOf = (text: string): bigint => {
  const parsed = parseInstant(text);
  return parsed.kind === 'instant' ? parsed.at : 0n;
};

/** The volumes of the periods by dimension, added up; undefined where none states it. */
const volumeOf = (
  { chargingPeriods }: PartnerCdr,
  ...types: readonly string[]
): string | undefined => {
  const volumes = chargingPeriods
    .flatMap(({ dimensions }) => dimensions)
    .filter(({ type }) => types.includes(type))
    .map(({ volume }) => volume);
  return volumes.length === 0 ? undefined : sumOf(volumes);
};

/** OCPI writes 4 decimals: each period and the total can be off by half of the last one. */
const roundingOf = ({ chargingPeriods }: PartnerCdr): string =>
  shortDecimal(BigInt(chargingPeriods.length + 1) * 5n, 5);

const hoursOfTime = (ms: bigint): string =>
  shortDecimal(roundHalfUp(ms * 1_000_000n, msPerHour), 6);

const hoursOf = ({ startDateTime, endDateTime }: PartnerCdr): string =>
  hoursOfTime(instantOf(endDateTime) - instantOf(startDateTime));

const outside = (cdr: PartnerCdr): readonly CdrDifference[] => {
  const [start, end] = [instantOf(cdr.startDateTime), instantOf(cdr.endDateTime)];
  return cdr.chargingPeriods.flatMap(({ startDateTime }, at): readonly CdrDifference[] => {
    const begins = instantOf(startDateTime);
    return begins >= start && begins <= end
      ? []
      : [
          {
            code: 'PERIODS_OUTSIDE',
            path: `chargingPeriods[${at}].startDateTime`,
            stated: startDateTime,
            expected: `${cdr.startDateTime} to ${cdr.endDateTime}`,
          },
        ];
  });
};

/** Milliseconds of the periods that state no time of their own, as while the connector was free: a part of the session all the same. */
const untimedOf = ({ chargingPeriods, endDateTime }: PartnerCdr): bigint => {
  const periods = chargingPeriods.toSorted((a, b) =>
    Number(instantOf(a.startDateTime) - instantOf(b.startDateTime)),
  );
  return periods.reduce((sum, { startDateTime, dimensions }, at) => {
    const isTimed = dimensions.some(({ type }) => /^(?:PARKING_|RESERVATION_)?TIME$/.test(type));
    const end = periods[at + 1]?.startDateTime ?? endDateTime;
    return isTimed ? sum : sum + instantOf(end) - instantOf(startDateTime);
  }, 0n);
};

/** The total time against those of the periods: these alone, or with the time of periods that state none. */
const timeOfPeriods = (cdr: PartnerCdr, rounding: string): readonly CdrDifference[] => {
  if (volumeOf(cdr, 'TIME') === undefined) return [];
  const timed = volumeOf(cdr, 'TIME', 'PARKING_TIME');
  const withUntimed = sumOf([timed ?? '0', hoursOfTime(untimedOf(cdr))]);
  const all = numberDifference(
    'TIME_OF_PERIODS',
    'totalTime',
    cdr.totalTime,
    withUntimed,
    rounding,
  );
  return all.length === 0
    ? []
    : numberDifference('TIME_OF_PERIODS', 'totalTime', cdr.totalTime, timed, rounding);
};

// A second, in hours with some room for 4 decimals.
const oneSecond = '0.0004';

/** Checks energy and times of a CDR against each other. Whether reserved time belongs to the total is left open by the text. */
export const checkQuantities = (cdr: PartnerCdr): readonly CdrDifference[] => {
  const rounding = roundingOf(cdr);
  const isReserved = volumeOf(cdr, 'RESERVATION_TIME') !== undefined;
  return [
    ...numberDifference(
      'ENERGY_OF_PERIODS',
      'totalEnergy',
      cdr.totalEnergy,
      volumeOf(cdr, 'ENERGY'),
      rounding,
    ),
    ...(isReserved
      ? []
      : [
          ...numberDifference(
            'TIME_OF_SESSION',
            'totalTime',
            cdr.totalTime,
            hoursOf(cdr),
            oneSecond,
          ),
          ...timeOfPeriods(cdr, rounding),
        ]),
    ...numberDifference(
      'PARKING_TIME_OF_PERIODS',
      'totalParkingTime',
      cdr.totalParkingTime,
      volumeOf(cdr, 'PARKING_TIME'),
      rounding,
    ),
    ...outside(cdr),
  ];
};
