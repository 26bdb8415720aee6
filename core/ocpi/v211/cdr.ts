import { omitUndefined } from '../../units/omit-undefined.ts';
import { lacking, type Member, many, ofOwner, optional, required, some } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, decimal, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { chargingPeriod211 } from '../common/charging-period.ts';
import { price211 } from '../common/price.ts';
import type { CdrLocation, PartnerCdr } from '../model/cdr.ts';
import type { PartnerLocation } from '../model/location.ts';
import { tokenByAuthId } from './auth-id.ts';
import { location211 } from './location.ts';
import { notApplicable, onlyConnector } from './place.ts';
import { authMethod211 } from './session.ts';
import { tariff211 } from './tariff.ts';

const embedded = required('location', location211);

/** The place of a CDR: the first connector of the location that it embeds. */
const embeddedLocation = (location: PartnerLocation): CdrLocation => {
  const [evse] = location.evses;
  const connector = evse?.connectors[0];
  return {
    id: location.id,
    address: location.address,
    city: location.city,
    country: location.country,
    coordinates: location.coordinates,
    evseUid: evse?.uid ?? notApplicable,
    evseId: evse?.evseId ?? notApplicable,
    connectorId: connector?.id ?? notApplicable,
    connectorStandard: connector?.standard ?? notApplicable,
    connectorFormat: connector?.format ?? notApplicable,
    connectorPowerType: connector?.powerType ?? notApplicable,
    ...omitUndefined({
      name: location.name,
      postalCode: location.postalCode,
      timeZone: location.timeZone,
    }),
  };
};

/** The saved location with everything that the CDR says about it. */
const locationOf = (place: CdrLocation, saved: PartnerLocation): PartnerLocation | undefined => {
  const { name: _name, postalCode: _code, timeZone: _zone, ...others } = saved;
  const only = onlyConnector(
    {
      ...others,
      id: place.id,
      address: place.address,
      city: place.city,
      country: place.country,
      coordinates: place.coordinates,
      ...omitUndefined({
        name: place.name,
        postalCode: place.postalCode,
        timeZone: place.timeZone,
      }),
    },
    place.evseUid,
    place.connectorId,
  );
  const connectorFacts = {
    standard: place.connectorStandard,
    format: place.connectorFormat,
    powerType: place.connectorPowerType,
  };
  return only === undefined
    ? undefined
    : {
        ...only,
        evses: only.evses.map(({ evseId: _evseId, ...evse }) => ({
          ...evse,
          ...(place.evseId === notApplicable ? {} : { evseId: place.evseId }),
          connectors: evse.connectors.map((connector) => ({ ...connector, ...connectorFacts })),
        })),
      };
};

const location: Member<CdrLocation, unknown> = {
  names: embedded.names,
  read: (parent, context) => {
    const read = embedded.read(parent, context);
    return read === undefined ? undefined : embeddedLocation(read);
  },
  write: (place, into, context) =>
    embedded.write(
      context.location === undefined ? undefined : locationOf(place, context.location),
      into,
      context,
    ),
};

/**
 * Translates a CDR into 2.1.1 and back. It embeds the location of the context, which has to have its connector. A
 * credit cannot be said; it is sent as a CDR with a negative total where the partner agreed to that.
 */
export const { to: toCdr211, from: fromCdr211 } = pairOf(
  record<PartnerCdr>({
    countryCode: ofOwner('countryCode'),
    partyId: ofOwner('partyId'),
    id: required('id', id(36)),
    startDateTime: required('start_date_time', dateTime),
    endDateTime: required(['stop_date_time', 'end_date_time'], dateTime),
    sessionId: lacking(),
    cdrToken: tokenByAuthId,
    authMethod: required('auth_method', authMethod211),
    authorizationReference: lacking(),
    location,
    meterId: optional('meter_id', id(255)),
    currency: required('currency', id(3)),
    tariffs: many('tariffs', tariff211),
    chargingPeriods: some('charging_periods', chargingPeriod211),
    signedData: lacking(),
    totalCost: required('total_cost', price211),
    totalFixedCost: lacking(),
    totalEnergy: required('total_energy', decimal()),
    totalEnergyCost: lacking(),
    totalTime: required('total_time', decimal()),
    totalTimeCost: lacking(),
    totalParkingTime: optional('total_parking_time', decimal()),
    totalParkingCost: lacking(),
    totalReservationCost: lacking(),
    remark: optional('remark', text(255)),
    invoiceReferenceId: lacking(),
    credit: lacking(),
    creditReferenceId: lacking(),
    homeChargingCompensation: lacking(),
    lastUpdated: required('last_updated', dateTime),
  }),
  ({ credit }, { negativeCredits }) =>
    credit === true && negativeCredits !== true
      ? 'This version has no credits, and the partner did not agree to CDRs with a negative total.'
      : undefined,
);
