import { partnerLocation } from '../../core/location/partner-location.ts';
import type { PartnerLocation } from '../../core/ocpi/model/location.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partyFor } from '../../core/ocpi/partner/party-for.ts';
import { touchTariffs } from '../../core/ocpi/publish/priced-location.ts';
import { stampLocation } from '../../core/ocpi/publish/stamp-location.ts';
import { readLocation } from '../store/locations/locations.ts';
import { readSite } from '../store/locations/read-site.ts';
import type { Database } from '../store/table/client.ts';
import { readLocationChargers } from './location-chargers.ts';
import { publishChange } from './publish-change.ts';

/** A location as partners are to see it now; undefined where there is none, where it is not published, or of a party that we are not. */
async function currentLocation(
  database: Database,
  parties: readonly OurParty[],
  operatorId: string,
  locationId: string,
  now: number,
): Promise<PartnerLocation | undefined> {
  const location = await readLocation(database, operatorId, locationId);
  const party = partyFor(parties, 'CPO', location?.party);
  if (location?.publish !== true || party === undefined) return undefined;
  const { locationId: _id, operatorId: _of, createdAt, updatedAt, version, ...facts } = location;
  const site = await readSite(database, { operatorId, locationId });
  const chargers = await readLocationChargers(database, location, site, now);
  const { countryCode, partyId } = party;
  return partnerLocation({ countryCode, partyId }, locationId, facts, chargers, updatedAt).location;
}

/** One that is not there any more, or not for partners, is a location whose EVSEs are all removed: OCPI deletes none. */
const withoutEvses = (location: PartnerLocation | undefined): PartnerLocation | undefined =>
  location && { ...location, evses: [] };

/** A location that was shown to partners; without a party where nothing of it is to be seen any more. */
export type ShownLocation = {
  readonly change: 'published' | 'unchanged';
  readonly tariffIds: readonly string[];
  readonly party?: Party;
};

/**
 * Shows partners a location as it is now, if it differs from what they see; one without anything to see is shown once it has
 * something. Connectors with `touched` tariffs change in any case. Gives whether it changed, the tariffs that it names, and whose it is.
 */
export async function publishLocation(
  database: Database,
  parties: readonly OurParty[],
  operatorId: string,
  locationId: string,
  now: number,
  touched: readonly string[] = [],
): Promise<ShownLocation> {
  const current = await currentLocation(database, parties, operatorId, locationId, now);
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
  const tariffIds = [...new Set(connectors.flatMap(({ tariffIds: named }) => named))];
  return { change, tariffIds, ...(current === undefined ? {} : { party: current }) };
}
