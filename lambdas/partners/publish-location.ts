import { partnerLocation } from '../../core/location/partner-location.ts';
import type { PartnerLocation } from '../../core/ocpi/model/location.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { touchTariffs } from '../../core/ocpi/publish/priced-location.ts';
import { stampLocation } from '../../core/ocpi/publish/stamp-location.ts';
import { readLocation } from '../store/locations/locations.ts';
import { readSite } from '../store/locations/read-site.ts';
import type { Database } from '../store/table/client.ts';
import { readLocationChargers } from './location-chargers.ts';
import { publishChange } from './publish-change.ts';

/** A location as partners are to see it now; undefined where there is none, or where it is not published. */
async function currentLocation(
  database: Database,
  party: OurParty,
  operatorId: string,
  locationId: string,
  now: number,
): Promise<PartnerLocation | undefined> {
  const location = await readLocation(database, operatorId, locationId);
  if (location?.publish !== true) return undefined;
  const { locationId: _id, operatorId: _of, createdAt, updatedAt, version, ...facts } = location;
  const site = await readSite(database, { operatorId, locationId });
  const chargers = await readLocationChargers(database, location, site, now);
  const { countryCode, partyId } = party;
  return partnerLocation({ countryCode, partyId }, locationId, facts, chargers, updatedAt).location;
}

/** One that is not there any more, or not for partners, is a location whose EVSEs are all removed: OCPI deletes none. */
const withoutEvses = (location: PartnerLocation | undefined): PartnerLocation | undefined =>
  location && { ...location, evses: [] };

/**
 * Shows partners a location as it is now, if it differs from what they see; one without anything to see is shown once it has
 * something. Connectors with `touched` tariffs change in any case. Gives whether it changed, and the tariffs that it names.
 */
export async function publishLocation(
  database: Database,
  party: OurParty,
  operatorId: string,
  locationId: string,
  now: number,
  touched: readonly string[] = [],
): Promise<{ readonly change: 'published' | 'unchanged'; readonly tariffIds: readonly string[] }> {
  const current = await currentLocation(database, party, operatorId, locationId, now);
  const change = await publishChange<PartnerLocation>(
    database,
    { operatorId, scope: '-', module: 'locations' },
    locationId,
    (before) => {
      const after = current ?? withoutEvses(before);
      if (after === undefined || (before === undefined && after.evses.length === 0)) {
        return undefined;
      }
      const at = new Date(now).toISOString();
      const stamped = stampLocation(before, after, at);
      const known = stamped ?? before;
      const marked = known && touchTariffs(known, touched, at);
      return marked === before ? undefined : marked;
    },
  );
  const connectors = (current?.evses ?? []).flatMap((evse) => evse.connectors);
  return { change, tariffIds: [...new Set(connectors.flatMap(({ tariffIds }) => tariffIds))] };
}
