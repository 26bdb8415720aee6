import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, optionalText, text, toItem } from '../table/item.ts';
import { keyAttributes, lists, locationKey } from '../table/keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { updateOf } from '../table/update.ts';

/** The facts of a location that its operator may change, in the terms of OCPI. */
export type LocationFacts = {
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly postalCode?: string;
  /** ISO 3166-1 alpha-3. */
  readonly country: string;
  /** Decimal degrees, WGS 84. */
  readonly coordinates: { readonly latitude: string; readonly longitude: string };
  /** IANA name. */
  readonly timeZone: string;
  /** The tariff of its chargers that have none of their own. */
  readonly tariffId?: string;
  /** Whether roaming partners may see it. */
  readonly publish: boolean;
};

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

/** Reads a location from its item. */
export const locationFrom = (item: Item): Location =>
  omitUndefined({
    locationId: text(item, 'locationId'),
    operatorId: text(item, 'operatorId'),
    name: text(item, 'name'),
    address: text(item, 'address'),
    city: text(item, 'city'),
    postalCode: optionalText(item, 'postalCode'),
    country: text(item, 'country'),
    coordinates: document<Location['coordinates']>(item, 'coordinates'),
    timeZone: text(item, 'timeZone'),
    tariffId: optionalText(item, 'tariffId'),
    publish: item['publish']?.BOOL === true,
    createdAt: text(item, 'createdAt'),
    updatedAt: text(item, 'updatedAt'),
    version: number(item, 'version'),
  });

/** Keeps a new location. */
export async function createLocation(database: Database, location: Location): Promise<void> {
  const { operatorId, locationId, coordinates } = location;
  const Item = toItem({
    ...locationKey(operatorId, locationId),
    kind: 'LOCATION',
    ...location,
    coordinates: JSON.stringify(coordinates),
    listKey: lists.locations(operatorId),
    listSort: locationId,
  });
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
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

/** New values of facts; the ones in `remove` are known no longer. What is in neither stays as it is. */
export type LocationChange = {
  readonly set: { readonly [Fact in keyof LocationFacts]?: LocationFacts[Fact] | undefined };
  readonly remove: readonly ('postalCode' | 'tariffId')[];
};

/**
 * Changes facts about a location, each on its own, so that changes made at the same time to different facts all hold. With
 * `version`, only if nobody has changed the location since that version was read.
 */
export async function changeLocation(
  database: Database,
  { operatorId, locationId }: Pick<Location, 'operatorId' | 'locationId'>,
  { set, remove }: LocationChange,
  { updatedAt, version }: { readonly updatedAt: string; readonly version?: number | undefined },
): Promise<Location | 'absent' | 'changed'> {
  const change = updateOf({
    set: {
      ...set,
      coordinates: set.coordinates && JSON.stringify(set.coordinates),
      updatedAt,
    },
    remove,
    names: ['version'],
    values: { one: 1, ...(version === undefined ? {} : { asRead: version }) },
  });
  const asRead = version === undefined ? '' : ' AND #version = :asRead';
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(locationKey(operatorId, locationId)),
        ...change,
        UpdateExpression: `${change.UpdateExpression} ADD #version :one`,
        ConditionExpression: `attribute_exists(pk)${asRead}`,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  if (update.kind === 'written') return locationFrom(update.output.Attributes ?? {});
  return update.item === undefined ? 'absent' : 'changed';
}

/** Deletes a location; `absent` where no location has this id. */
export async function deleteLocation(
  database: Database,
  operatorId: string,
  locationId: string,
): Promise<'deleted' | 'absent'> {
  const deletion = await conditional(
    database.client.send(
      new DeleteItemCommand({
        TableName: database.state,
        Key: keyAttributes(locationKey(operatorId, locationId)),
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ),
  );
  return deletion.kind === 'written' ? 'deleted' : 'absent';
}
