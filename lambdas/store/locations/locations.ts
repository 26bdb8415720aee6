import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { LocationFacts } from '../../../core/location/location-facts.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type Changing, changeVersioned } from '../table/change-versioned.ts';
import type { Database } from '../table/client.ts';
import { deleteItem } from '../table/delete-item.ts';
import { getItem } from '../table/get-item.ts';
import {
  document,
  type Item,
  number,
  optionalText,
  type Storable,
  text,
  toItem,
} from '../table/item.ts';
import { lists } from '../table/keys/lists.ts';
import { locationKey } from '../table/keys/location-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';

/** A site with chargers. */
export type Location = LocationFacts & {
  readonly locationId: string;
  readonly operatorId: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** When it was changed last, ISO 8601 in UTC. */
  readonly updatedAt: string;
  /** Counts up with every change; 1 at first. */
  readonly version: number;
};

/** The facts that are kept as JSON text, whole. */
const documents = [
  'coordinates',
  'openingTimes',
  'facilities',
  'directions',
  'operator',
  'suboperator',
  'owner',
  'party',
] as const;

/** The attributes of facts of a location. */
const attributesOf = (facts: LocationChange['set']): Record<string, Storable | undefined> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : value,
    ]),
  );

const documentsFrom = (item: Item): Pick<LocationFacts, (typeof documents)[number]> =>
  Object.fromEntries(
    documents.flatMap((name) => (item[name] === undefined ? [] : [[name, document(item, name)]])),
  ) as Pick<LocationFacts, (typeof documents)[number]>;

/** Reads a location from its item. */
export const locationFrom = (item: Item): Location =>
  omitUndefined({
    locationId: text(item, 'locationId'),
    operatorId: text(item, 'operatorId'),
    name: text(item, 'name'),
    address: text(item, 'address'),
    city: text(item, 'city'),
    postalCode: optionalText(item, 'postalCode'),
    state: optionalText(item, 'state'),
    country: text(item, 'country'),
    ...documentsFrom(item),
    timeZone: text(item, 'timeZone'),
    parkingType: optionalText(item, 'parkingType'),
    chargingWhenClosed: item['chargingWhenClosed']?.BOOL,
    helpPhone: optionalText(item, 'helpPhone'),
    tariffId: optionalText(item, 'tariffId'),
    publish: item['publish']?.BOOL === true,
    createdAt: text(item, 'createdAt'),
    updatedAt: text(item, 'updatedAt'),
    version: number(item, 'version'),
  });

/** Keeps a new location, together with `more`; `refused` where a condition of those does not hold. */
export async function createLocation(
  database: Database,
  location: Location,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'refused'> {
  const { operatorId, locationId } = location;
  const Item = toItem({
    ...locationKey(operatorId, locationId),
    kind: 'LOCATION',
    ...attributesOf(location),
    listKey: lists.locations(operatorId),
    listSort: locationId,
  });
  return (await putWith(database, { Item }, more)) ? 'created' : 'refused';
}

/** Reads a location of an operator; undefined where it has none of this id. */
export async function readLocation(
  database: Database,
  operatorId: string,
  locationId: string,
): Promise<Location | undefined> {
  const item = await getItem(database, locationKey(operatorId, locationId), true);
  return item === undefined ? undefined : locationFrom(item);
}

/** Lists an operator's locations by id. */
export const listLocations = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<Location>> =>
  await listThings(
    database,
    { steps: [[lists.locations(operatorId)]], order: 'ascending', ...request },
    locationFrom,
  );

/** The facts that a location may do without. */
export type RemovableFact = {
  [Fact in keyof LocationFacts]-?: undefined extends LocationFacts[Fact] ? Fact : never;
}[keyof LocationFacts];

/** New values of facts; the ones in `remove` are known no longer. What is in neither stays as it is. */
export type LocationChange = {
  readonly set: { readonly [Fact in keyof LocationFacts]?: LocationFacts[Fact] | undefined };
  readonly remove: readonly RemovableFact[];
};

/**
 * Changes facts about a location, each on its own, so that changes made at the same time to different facts all hold. With
 * `version`, only if nobody has changed the location since that version was read.
 */
export async function changeLocation(
  database: Database,
  { operatorId, locationId }: Pick<Location, 'operatorId' | 'locationId'>,
  { set, remove }: LocationChange,
  changing: Changing,
): Promise<Location | 'absent' | 'changed'> {
  const change = { set: attributesOf(set), remove };
  const changed = await changeVersioned(
    database,
    locationKey(operatorId, locationId),
    change,
    changing,
  );
  return typeof changed === 'string' ? changed : locationFrom(changed);
}

/** Deletes a location; `absent` where no location has this id. */
export async function deleteLocation(
  database: Database,
  operatorId: string,
  locationId: string,
): Promise<'deleted' | 'absent'> {
  return await deleteItem(database, locationKey(operatorId, locationId));
}
