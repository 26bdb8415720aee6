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

const hoursOf = ({ startDateTime, endDateTime }: PartnerCdr): string =>
  shortDecimal(
    roundHalfUp((instantOf(endDateTime) - instantOf(startDateTime)) * 1_000_000n, msPerHour),
    6,
  );

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
          ...numberDifference(
            'TIME_OF_PERIODS',
            'totalTime',
            cdr.totalTime,
            volumeOf(cdr, 'TIME') === undefined ? undefined : volumeOf(cdr, 'TIME', 'PARKING_TIME'),
            rounding,
          ),
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
