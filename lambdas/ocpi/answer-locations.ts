import type { Pair } from '../../core/ocpi/codec/translation.ts';
import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import type { PartnerLocation } from '../../core/ocpi/model/location.ts';
import { sameId } from '../../core/ocpi/model/same-id.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { pricedLocation } from '../../core/ocpi/publish/priced-location.ts';
import { readPublication } from '../store/partners/publications.ts';
import { answerList } from './answer-list.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';
import { shownParties } from './shown-parties.ts';

const notFound: OcpiOutcome = { kind: 'object-not-found' };

function shown<T>(
  pair: Pair<T> | undefined,
  value: T | undefined,
  { countryCode, partyId }: PartnerLocation,
): OcpiOutcome {
  if (value === undefined) return notFound;
  const written = pair?.to(value, { owner: { countryCode, partyId } });
  return written?.kind === 'translated' ? { kind: 'ok', data: written.object } : notFound;
}

async function one(caller: OcpiCaller, { version, rest }: ModulePlace): Promise<OcpiOutcome> {
  const { database, partner } = caller;
  const [locationId = '', evseUid, connectorId, ...more] = rest;
  const list = { operatorId: partner.operatorId, scope: '-', module: 'locations' } as const;
  const found = await readPublication<PartnerLocation>(database, list, locationId);
  if (found === undefined || more.length > 0) return notFound;
  if (!(await shownParties(caller))(found.object)) return notFound;
  const location = pricedLocation(found.object, partner.tariffIds);
  const { location: whole, evse: ofEvse, connector: ofConnector } = allTranslators[version];
  if (evseUid === undefined) return shown(whole, location, location);
  const evse = location.evses.find(({ uid }) => sameId(uid, evseUid));
  if (connectorId === undefined) return shown(ofEvse, evse, location);
  const connector = evse?.connectors.find(({ id }) => sameId(id, connectorId));
  return shown(ofConnector, connector, location);
}

/** Answers what a partner reads of our locations: a page of them, one, an EVSE or a connector. */
export async function answerLocations(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  if (request.method !== 'GET') return { outcome: notFound };
  if (place.rest.length > 0) return { outcome: await one(caller, place) };
  const { operatorId, tariffIds } = caller.partner;
  return await answerList<PartnerLocation>(caller, request, {
    list: { operatorId, scope: '-', module: 'locations' },
    pair: allTranslators[place.version].location,
    seen: (location) => pricedLocation(location, tariffIds),
  });
}
