import type { Codec } from '../codec/codec.ts';
import { lacking, optional, required, some } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, decimal, id } from '../codec/scalars.ts';
import { word, words } from '../codec/word.ts';
import type { ChargingPeriod } from '../model/shared.ts';

type Dimension = ChargingPeriod['dimensions'][number];

const dimensionOf = (types: readonly string[]): Codec<Dimension> =>
  record<Dimension>({ type: required('type', word(types)), volume: required('volume', decimal()) });

const start = required('start_date_time', dateTime);

const ofCdr211 = words('ENERGY MAX_CURRENT MIN_CURRENT PARKING_TIME TIME FLAT');
const ofCdr221 = words(
  'ENERGY MAX_CURRENT MIN_CURRENT MAX_POWER MIN_POWER PARKING_TIME RESERVATION_TIME TIME',
);
const ofSession221 = [
  ...ofCdr221,
  ...words('CURRENT ENERGY_EXPORT ENERGY_IMPORT POWER STATE_OF_CHARGE'),
];

/** ChargingPeriod of 2.1.1: without a tariff, with fewer dimensions. */
export const chargingPeriod211 = record<ChargingPeriod>({
  startDateTime: start,
  dimensions: some('dimensions', dimensionOf(ofCdr211)),
  tariffId: lacking(),
});

const chargingPeriodOf = (types: readonly string[]): Codec<ChargingPeriod> =>
  record<ChargingPeriod>({
    startDateTime: start,
    dimensions: some('dimensions', dimensionOf(types)),
    tariffId: optional('tariff_id', id(36)),
  });

/** ChargingPeriod of a CDR since 2.2.1. */
export const cdrChargingPeriod = chargingPeriodOf(ofCdr221);

/** ChargingPeriod of a session since 2.2.1, which may carry moments as well. */
export const sessionChargingPeriod = chargingPeriodOf(ofSession221);
