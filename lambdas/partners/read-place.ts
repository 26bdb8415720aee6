import { evseUid } from '../../core/location/evse-uid.ts';
import { partnerLocation } from '../../core/location/partner-location.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { SharedPlace } from '../../core/ocpi/publish/shared-session.ts';
import { onlyConnector } from '../../core/ocpi/v211/place.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { readSite } from '../store/locations/read-site.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { readLocationCharger } from './location-chargers.ts';

/**
 * Reads the place of a session as partners see it: the location with nothing but its connector, whether or not the location is
 * published. `missing` says what OCPI requires and nobody stated.
 */
export async function readPlace(
  database: Database,
  party: Party,
  { session, chargerKey, locationId }: StoredSession,
  now: number,
): Promise<SharedPlace | { readonly missing: string }> {
  const charger = await readCharger(database, chargerKey);
  if (charger === undefined) return { missing: 'Its charger was deleted.' };
  const at = locationId ?? charger.locationId;
  if (at === undefined) return { missing: 'Its charger has no location.' };
  const site = await readSite(database, { operatorId: session.operatorId, locationId: at });
  if (site.location === undefined) return { missing: 'Its location was deleted.' };
  const { locationId: _id, operatorId: _of, createdAt: _at, updatedAt, ...rest } = site.location;
  const { version: _version, ...facts } = rest;
  const known = await readLocationCharger(database, charger, site, now);
  const { location, unpublished } = partnerLocation(party, at, facts, [known], updatedAt);
  const uid = evseUid(chargerKey, charger.createdAt, session.evseId);
  const only = onlyConnector(location, uid, String(session.connectorId));
  const evse = only?.evses[0];
  const connector = evse?.connectors[0];
  if (only !== undefined && evse !== undefined && connector !== undefined) {
    return { location: only, evse, connector };
  }
  const { missing = [] } =
    unpublished.find(
      (one) => one.evseId === session.evseId && one.connectorId === session.connectorId,
    ) ?? {};
  return {
    missing:
      missing.length === 0
        ? 'Its connector is not known.'
        : `Its connector has no ${missing.join(', ')}.`,
  };
}
