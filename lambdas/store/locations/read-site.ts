import type { Charger } from '../chargers/chargers.ts';
import { asksPartners } from '../operators/asks-partners.ts';
import { type ChargerDefaults, chargerDefaultsFrom } from '../operators/charger-defaults.ts';
import { ignoresTagSpaces } from '../operators/ignores-tag-spaces.ts';
import { masterPassGroupIn } from '../operators/master-pass-group.ts';
import { showsRunningCost } from '../operators/shows-running-cost.ts';
import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import type { Item } from '../table/item.ts';
import type { Key } from '../table/keys/key.ts';
import { locationKey } from '../table/keys/location-keys.ts';
import { settingsKey } from '../table/keys/operator-keys.ts';
import { type Location, locationFrom } from './locations.ts';

/** The surroundings of a charger that it takes what it lacks from. */
export type Site = ChargerDefaults & {
  readonly location?: Location;
  /** Whether its operator has chargers show what a running session costs. */
  readonly showsRunningCost?: true;
  /** Whether tags of its operator's chargers compare without their spaces. */
  readonly ignoresTagSpaces?: true;
  /** Whether its operator has roaming partners, who may know a token that it does not know. */
  readonly asksPartners?: true;
  /** The group of its operator whose tokens stop any session and begin none. */
  readonly masterPassGroup?: string;
};

/** The keys of the items that make up a site, the operator's first. */
export const siteKeys = (operatorId: string, locationId: string | undefined): readonly Key[] => [
  settingsKey(operatorId),
  ...(locationId === undefined ? [] : [locationKey(operatorId, locationId)]),
];

/** Reads a site from the items of its keys, in that order; a location that was deleted is none. */
export function siteFrom([settings, location]: readonly (Item | undefined)[]): Site {
  const masterPassGroup = settings && masterPassGroupIn(settings);
  return {
    ...(location === undefined ? {} : { location: locationFrom(location) }),
    ...(settings && chargerDefaultsFrom(settings)),
    ...(settings && showsRunningCost(settings) ? { showsRunningCost: true } : {}),
    ...(settings && ignoresTagSpaces(settings) ? { ignoresTagSpaces: true } : {}),
    ...(settings && asksPartners(settings) ? { asksPartners: true } : {}),
    ...(masterPassGroup === undefined ? {} : { masterPassGroup }),
  };
}

/** Reads the site of a charger. */
export const readSite = async (
  database: Database,
  { operatorId, locationId }: Pick<Charger, 'operatorId' | 'locationId'>,
): Promise<Site> => siteFrom(await getItems(database, siteKeys(operatorId, locationId)));
