import { many, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { pairOf } from '../codec/translation.ts';
import { openWord } from '../codec/word.ts';
import { cdrTokenOf } from '../common/cdr-token.ts';
import { price230 } from '../common/price.ts';
import type { CdrLocation, PartnerCdr } from '../model/cdr.ts';
import { cdrLocationMembers221, cdrMembers221 } from '../v221/cdr.ts';
import { tariff230 } from './tariff.ts';

/** Translates a CDR into 2.3.0 and back. */
export const { to: toCdr230, from: fromCdr230 } = pairOf(
  record<PartnerCdr>({
    ...cdrMembers221,
    cdrToken: required('cdr_token', cdrTokenOf(openWord)),
    location: required(
      'cdr_location',
      record<CdrLocation>({
        ...cdrLocationMembers221,
        connectorStandard: required('connector_standard', openWord),
      }),
    ),
    tariffs: many('tariffs', tariff230),
    totalCost: required('total_cost', price230),
    totalFixedCost: optional('total_fixed_cost', price230),
    totalEnergyCost: optional('total_energy_cost', price230),
    totalTimeCost: optional('total_time_cost', price230),
    totalParkingCost: optional('total_parking_cost', price230),
    totalReservationCost: optional('total_reservation_cost', price230),
  }),
);
