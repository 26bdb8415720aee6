import { lacking, type Member, many, ofOwner, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, decimal, id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { chargingPeriod211 } from '../common/charging-period.ts';
import { price211 } from '../common/price.ts';
import { type Field, fieldOf, isAbsent, itemsOf, textOf } from '../document-field.ts';
import type { PartnerSession } from '../model/session.ts';
import { tokenByAuthId } from './auth-id.ts';
import { location211 } from './location.ts';
import { notApplicable, onlyConnector } from './place.ts';

/** AuthMethod of 2.1.1: a command counts as asked for. */
export const authMethod211 = word(words('AUTH_REQUEST WHITELIST'), { otherwise: 'AUTH_REQUEST' });

const embedded = required('location', location211);

/** The location is embedded whole, with the one connector of the session. */
const locationId: Member<string, PartnerSession> = {
  names: embedded.names,
  read: (parent, context) => embedded.read(parent, context)?.id,
  write: (_id, into, context, { evseUid, connectorId }) => {
    const { location } = context;
    const place =
      location === undefined ? undefined : onlyConnector(location, evseUid, connectorId);
    return embedded.write(place, into, context);
  },
};

const firstOf = (parent: Field | undefined, list: string): Field | undefined =>
  parent === undefined ? undefined : itemsOf(fieldOf(parent, list), 'optional')[0];

/** Read from the embedded location; `#NA` where it has none. */
const ofPlace = (find: (location: Field) => Field | undefined): Member<string, unknown> => ({
  names: [],
  read: (parent) => {
    const field = find(fieldOf(parent, 'location'));
    return field === undefined || isAbsent(field) ? notApplicable : textOf(field);
  },
  write: () => true,
});

const evseUid = ofPlace((location) => {
  const evse = firstOf(location, 'evses');
  return evse === undefined ? undefined : fieldOf(evse, 'uid');
});

const connectorId = ofPlace((location) => {
  const connector = firstOf(firstOf(location, 'evses'), 'connectors');
  return connector === undefined ? undefined : fieldOf(connector, 'id');
});

/** Translates a session into 2.1.1 and back. It embeds the location of the context, which has to have its connector. */
export const { to: toSession211, from: fromSession211 } = pairOf(
  record<PartnerSession>({
    countryCode: ofOwner('countryCode'),
    partyId: ofOwner('partyId'),
    id: required('id', id(36)),
    startDateTime: required(['start_datetime', 'start_date_time'], dateTime),
    endDateTime: optional(['end_datetime', 'end_date_time'], dateTime),
    kwh: required('kwh', decimal()),
    cdrToken: tokenByAuthId,
    authMethod: required('auth_method', authMethod211),
    authorizationReference: lacking(),
    locationId,
    evseUid,
    connectorId,
    meterId: optional('meter_id', id(255)),
    currency: required('currency', id(3)),
    chargingPeriods: many('charging_periods', chargingPeriod211),
    totalCost: optional('total_cost', price211),
    status: required(
      'status',
      word(words('ACTIVE COMPLETED INVALID PENDING'), { instead: { RESERVATION: 'PENDING' } }),
    ),
    lastUpdated: required('last_updated', dateTime),
  }),
);
