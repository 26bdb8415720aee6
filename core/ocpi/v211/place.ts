import type { PartnerLocation } from '../model/location.ts';

/** Says that a session or CDR has no such thing, as one of a reservation only. */
export const notApplicable = '#NA';

/** A location with nothing but one connector of one EVSE; undefined if it has no such connector. */
export const onlyConnector = (
  location: PartnerLocation,
  evseUid: string,
  connectorId: string,
): PartnerLocation | undefined => {
  if (evseUid === notApplicable) return { ...location, evses: [] };
  const evse = location.evses.find(({ uid }) => uid === evseUid);
  const connector = evse?.connectors.find((each) => each.id === connectorId);
  return evse === undefined || connector === undefined
    ? undefined
    : { ...location, evses: [{ ...evse, connectors: [connector] }] };
};
