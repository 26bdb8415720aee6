import type { PartnerConnector } from '../ocpi/model/connector.ts';
import type { PartnerEvse } from '../ocpi/model/evse.ts';
import type { PartnerLocation } from '../ocpi/model/location.ts';
import type { Party } from '../ocpi/model/party.ts';
import { omitUndefined } from '../units/omit-undefined.ts';
import { type ConnectorFacts, connectorFactsOf, type EvseFacts } from './evse-facts.ts';
import { evseStatusOf } from './evse-status.ts';
import { evseUid } from './evse-uid.ts';
import type { LocationCharger, LocationConnector } from './location-charger.ts';
import type { LocationFacts } from './location-facts.ts';

/** The facts without which OCPI has no connector. */
export const requiredFacts = [
  'standard',
  'format',
  'powerType',
  'maxVoltage',
  'maxAmperage',
] as const;

/** A fact that a connector must have before partners can see it. */
export type RequiredFact = (typeof requiredFacts)[number];

/** A connector that partners cannot see, and what is missing. */
export type UnpublishedConnector = {
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly missing: readonly RequiredFact[];
};

/** A location as partners see it, and the connectors that they do not see. */
export type PublishedLocation = {
  readonly location: PartnerLocation;
  readonly unpublished: readonly UnpublishedConnector[];
};

/** The facts of a connector that OCPI requires and nobody stated. */
export const missingFactsOf = (facts: ConnectorFacts | undefined): readonly RequiredFact[] =>
  requiredFacts.filter((fact) => facts?.[fact] === undefined);

/** Every charger can be started and stopped remotely: by OCPP it must. */
const usualCapabilities = ['REMOTE_START_STOP_CAPABLE'];

const latestOf = (...times: readonly (string | undefined)[]): string =>
  times.reduce<string>((latest, time) => (time !== undefined && time > latest ? time : latest), '');

/** OCPI has 5 to 7 decimals, of which trailing zeros are as good as any. */
const withDecimals = (degrees: string): string => {
  const [whole = '', decimals = ''] = degrees.split('.');
  return `${whole}.${decimals.padEnd(5, '0')}`;
};

/** A location in the canonical form of OCPI, from which each version is written. */
export function partnerLocation(
  party: Party,
  locationId: string,
  { coordinates, tariffId: _, party: _of, facilities, directions, ...facts }: LocationFacts,
  chargers: readonly LocationCharger[],
  changedAt: string,
): PublishedLocation {
  const parts = chargers.map(evsesOf);
  const evses = parts.flatMap((part) => part.evses);
  const location: PartnerLocation = {
    ...party,
    id: locationId,
    ...facts,
    publishAllowedTo: [],
    coordinates: {
      latitude: withDecimals(coordinates.latitude),
      longitude: withDecimals(coordinates.longitude),
    },
    relatedLocations: [],
    evses,
    parkingPlaces: [],
    directions: directions ?? [],
    facilities: facilities ?? [],
    images: [],
    // A change of an EVSE is a change of its location.
    lastUpdated: latestOf(changedAt, ...evses.map(({ lastUpdated }) => lastUpdated)),
  };
  return { location, unpublished: parts.flatMap((part) => part.unpublished) };
}

function evsesOf(charger: LocationCharger): {
  readonly evses: readonly PartnerEvse[];
  readonly unpublished: readonly UnpublishedConnector[];
} {
  const places = charger.connectors.map((connector) => {
    const facts = connectorFactsOf(charger.evses, connector);
    const { evseId, connectorId } = connector;
    const missing = missingFactsOf(facts);
    return {
      evseId,
      missing,
      published: publishedConnector(charger, connector, facts),
      unpublished: { chargerId: charger.chargerId, evseId, connectorId, missing },
    };
  });
  const numbers = [...new Set(places.map(({ evseId }) => evseId))];
  return {
    // One without a connector that can be seen is not an EVSE to OCPI.
    evses: numbers.flatMap((evseId) => {
      const published = places.flatMap((place) =>
        place.evseId === evseId && place.published !== undefined ? [place.published] : [],
      );
      return published.length === 0 ? [] : [evseOf(charger, evseId, published)];
    }),
    unpublished: places.flatMap(({ missing, unpublished }) =>
      missing.length === 0 ? [] : [unpublished],
    ),
  };
}

function publishedConnector(
  { maxPowerW, changedAt }: LocationCharger,
  { connectorId, tariffId }: LocationConnector,
  facts: ConnectorFacts | undefined,
): PartnerConnector | undefined {
  const { standard, format, powerType, maxVoltage, maxAmperage } = facts ?? {};
  if (standard === undefined || format === undefined || powerType === undefined) return undefined;
  if (maxVoltage === undefined || maxAmperage === undefined) return undefined;
  const power = facts?.maxPowerW ?? maxPowerW;
  return omitUndefined({
    id: String(connectorId),
    standard,
    format,
    powerType,
    maxVoltage: String(maxVoltage),
    maxAmperage: String(maxAmperage),
    maxElectricPower: power === undefined ? undefined : String(power),
    tariffIds: tariffId === undefined ? [] : [tariffId],
    capabilities: [],
    lastUpdated: changedAt,
  });
}

function evseOf(
  charger: LocationCharger,
  evseId: number,
  connectors: readonly PartnerConnector[],
): PartnerEvse {
  const { chargerKey, registeredAt, changedAt, online, status } = charger;
  const facts: Partial<EvseFacts> = charger.evses.find((one) => one.evseId === evseId) ?? {};
  const own = charger.connectors.filter((one) => one.evseId === evseId);
  return omitUndefined({
    uid: evseUid(chargerKey, registeredAt, evseId),
    evseId: facts.emi3Id,
    status: evseStatusOf({
      online,
      charger: status,
      connectors: own.map((connector) => connector.status),
    }),
    statusSchedule: [],
    capabilities: facts.capabilities ?? usualCapabilities,
    connectors,
    floorLevel: facts.floorLevel,
    physicalReference: facts.physicalReference,
    directions: [],
    parkingRestrictions: facts.parkingRestrictions ?? [],
    images: [],
    parking: [],
    acceptedServiceProviders: [],
    lastUpdated: latestOf(changedAt, ...own.map(({ statusAt }) => statusAt)),
  });
}
