import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type BillingSettings,
  defaultBillingSettings,
} from '../../../core/cdr/compute/billing-settings.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, toItem } from '../table/item.ts';
import { settingsKey } from '../table/keys.ts';

/** Reads how an operator bills what did not go as charging should: the defaults until something else was set. */
export async function readBillingSettings(
  database: Database,
  operatorId: string,
): Promise<BillingSettings> {
  const item = await getItem(database, settingsKey(operatorId), true);
  return item === undefined
    ? defaultBillingSettings
    : { ...defaultBillingSettings, ...document<Partial<BillingSettings>>(item, 'billing') };
}

/**
 * Keeps how an operator bills what did not go as charging should, in the place of what held before, and the tariff of its
 * chargers that have none, nor a location with one.
 */
export async function writeBillingSettings(
  database: Database,
  operatorId: string,
  settings: BillingSettings,
  tariffId?: string,
): Promise<void> {
  const item = toItem({
    ...settingsKey(operatorId),
    kind: 'SETTINGS',
    billing: JSON.stringify(settings),
    tariffId,
  });
  await database.client.send(new PutItemCommand({ TableName: database.state, Item: item }));
}
