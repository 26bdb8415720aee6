import { many, optional, required } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, decimal, id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { cdrTokenOf } from '../common/cdr-token.ts';
import { sessionChargingPeriod } from '../common/charging-period.ts';
import { price221 } from '../common/price.ts';
import type { PartnerSession } from '../model/session.ts';
import { tokenType221 } from './token.ts';

/** AuthMethod since 2.2.1. */
export const authMethod221 = word(words('AUTH_REQUEST COMMAND WHITELIST'), {
  otherwise: 'AUTH_REQUEST',
});

const statuses = word(words('ACTIVE COMPLETED INVALID PENDING RESERVATION'), {
  // The text of the module says RESERVED, its table of values RESERVATION.
  instead: { RESERVED: 'RESERVATION' },
});

/** SessionStatus since 2.2.1; `RESERVED` is read as `RESERVATION`. */
export const sessionStatus221: typeof statuses = {
  ...statuses,
  read: (field, context) => {
    const read = statuses.read(field, context);
    return read?.toUpperCase() === 'RESERVED' ? 'RESERVATION' : read;
  },
};

/** The fields of a Session of 2.2.1. */
export const sessionMembers221 = {
  countryCode: required('country_code', id(2)),
  partyId: required('party_id', id(3)),
  id: required('id', id(36)),
  startDateTime: required(['start_date_time', 'start_datetime'], dateTime),
  endDateTime: optional(['end_date_time', 'end_datetime'], dateTime),
  kwh: required('kwh', decimal()),
  cdrToken: required('cdr_token', cdrTokenOf(tokenType221)),
  authMethod: required('auth_method', authMethod221),
  authorizationReference: optional('authorization_reference', id(36)),
  locationId: required('location_id', id(36)),
  evseUid: required('evse_uid', id(36)),
  connectorId: required('connector_id', id(36)),
  meterId: optional('meter_id', id(255)),
  currency: required('currency', id(3)),
  chargingPeriods: many('charging_periods', sessionChargingPeriod),
  totalCost: optional('total_cost', price221),
  status: required('status', sessionStatus221),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<PartnerSession>;

/** Translates a session into 2.2.1 and back. */
export const { to: toSession221, from: fromSession221 } = pairOf(
  record<PartnerSession>(sessionMembers221),
);
