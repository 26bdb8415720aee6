import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { type Item, optionalText, text, toItem } from '../table/item.ts';
import { bootKey, chargerItemKey } from '../table/keys/charger-keys.ts';
import { chargerFrom } from './chargers.ts';

/** The charger's description of itself at its last boot, complete. */
export type Boot = {
  readonly vendor?: string;
  readonly model?: string;
  readonly serialNumber?: string;
  readonly firmwareVersion?: string;
  readonly bootedAt: string;
};

/** Reads a boot from its item. */
export const bootFrom = (item: Item): Boot =>
  omitUndefined({
    vendor: optionalText(item, 'vendor'),
    model: optionalText(item, 'model'),
    serialNumber: optionalText(item, 'serialNumber'),
    firmwareVersion: optionalText(item, 'firmwareVersion'),
    bootedAt: text(item, 'bootedAt'),
  });

/** Reads what a charger said at its latest boot. */
export async function readBoot(database: Database, chargerKey: string): Promise<Boot | undefined> {
  const item = await getItem(database, bootKey(chargerKey));
  return item === undefined ? undefined : bootFrom(item);
}

/** Reads what a charger said at its latest boot, and whether it is the one that was registered at a time (ISO 8601 in UTC), in one request. */
export async function readBootSince(
  database: Database,
  chargerKey: string,
  at: string,
): Promise<{ readonly boot: Boot | undefined; readonly isStillThere: boolean }> {
  const keys = [bootKey(chargerKey), chargerItemKey(chargerKey)];
  const [boot, item] = await getItems(database, keys);
  return {
    boot: boot === undefined ? undefined : bootFrom(boot),
    isStillThere: item !== undefined && (chargerFrom(item).renewedAt ?? '') <= at,
  };
}

/**
 * Keeps what a charger said at its latest boot, and gives the one before; an earlier one that is kept later changes nothing.
 * `raw` is the payload as it was sent, as JSON.
 */
export async function recordBoot(
  database: Database,
  chargerKey: string,
  boot: Boot,
  raw: string,
): Promise<Boot | undefined> {
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({ ...bootKey(chargerKey), kind: 'BOOT', ...boot, raw }),
        ConditionExpression: 'attribute_not_exists(bootedAt) OR bootedAt <= :bootedAt',
        ExpressionAttributeValues: toItem({ ':bootedAt': boot.bootedAt }),
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  const before = put.kind === 'written' ? put.output.Attributes : undefined;
  return before?.['bootedAt'] === undefined ? undefined : bootFrom(before);
}
