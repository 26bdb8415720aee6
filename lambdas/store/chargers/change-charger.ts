import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { chargerItemKey, keyAttributes } from '../table/keys.ts';
import { updateOf } from '../table/update.ts';
import { type Charger, chargerFrom, locationEntryOf } from './chargers.ts';

/** The facts about a charger that its operator may change. */
export type ChargerFact =
  | 'name'
  | 'maxPowerKw'
  | 'connectors'
  | 'evses'
  | 'timeZone'
  | 'tariffId'
  | 'locationId'
  | 'commissionedAt'
  | 'approval';

/** New values of facts; the ones in `remove` are known no longer. What is in neither stays as it is. */
export type ChargerChange = {
  readonly set: Partial<Pick<Charger, ChargerFact>>;
  readonly remove: readonly ChargerFact[];
};

/**
 * Changes facts about a charger, each on its own, so that changes made at the same time to different facts all hold. With
 * `version`, only if nobody has changed the charger since that version was read.
 */
export async function changeCharger(
  database: Database,
  { operatorId, chargerKey }: Pick<Charger, 'operatorId' | 'chargerKey'>,
  { set, remove }: ChargerChange,
  { updatedAt, version }: { readonly updatedAt: string; readonly version?: number | undefined },
): Promise<Charger | 'absent' | 'changed'> {
  const change = updateOf({
    set: {
      ...set,
      evses: set.evses && JSON.stringify(set.evses),
      updatedAt,
      ...locationEntryOf(operatorId, set.locationId),
    },
    remove: remove.flatMap((fact) => (fact === 'locationId' ? [fact, 'chargerListKey'] : [fact])),
    names: ['version'],
    values: { one: 1, ...(version === undefined ? {} : { asRead: version }) },
  });
  const asRead = version === undefined ? '' : ' AND #version = :asRead';
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(chargerItemKey(chargerKey)),
        ...change,
        UpdateExpression: `${change.UpdateExpression} ADD #version :one`,
        ConditionExpression: `attribute_exists(pk)${asRead}`,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  if (update.kind === 'written') return chargerFrom(update.output.Attributes ?? {});
  return update.item === undefined ? 'absent' : 'changed';
}
