import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type BillingSettings,
  defaultBillingSettings,
} from '../../../core/cdr/compute/billing-settings.ts';
import { type ChargerDefaults, chargerDefaultsFrom } from '../operators/charger-defaults.ts';
import { ignoresTagSpaces } from '../operators/ignores-tag-spaces.ts';
import { masterPassGroupIn } from '../operators/master-pass-group.ts';
import { showsRunningCost } from '../operators/shows-running-cost.ts';
import { asRead, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { settingsKey } from '../table/keys/operator-keys.ts';
import { updateOf } from '../table/update.ts';

/** Reads how an operator bills what did not go as charging should: the defaults until something else was set. */
export async function readBillingSettings(
  database: Database,
  operatorId: string,
): Promise<BillingSettings> {
  return settingsFrom(await getItem(database, settingsKey(operatorId), true));
}

const settingsFrom = (item: Item | undefined): BillingSettings =>
  item?.['billing'] === undefined
    ? defaultBillingSettings
    : { ...defaultBillingSettings, ...document<Partial<BillingSettings>>(item, 'billing') };

/**
 * Settings of an operator as they are kept: how it bills, the tariff and the time zone of its chargers that have none, nor a location with one,
 * whether its chargers show what a running session costs, whether their tags compare without spaces, and its master group.
 */
export type KeptSettings = ChargerDefaults & {
  readonly settings: BillingSettings;
  readonly showsRunningCost?: true;
  readonly ignoresTagSpaces?: true;
  /** The group whose tokens stop any session and begin none. */
  readonly masterPassGroup?: string;
};

/** Reads the settings of an operator as they are kept. */
export const readKeptSettings = async (
  database: Database,
  operatorId: string,
): Promise<KeptSettings> => keptFrom(await getItem(database, settingsKey(operatorId), true));

const keptFrom = (item: Item | undefined): KeptSettings => {
  const masterPassGroup = item && masterPassGroupIn(item);
  return {
    settings: settingsFrom(item),
    ...(item && chargerDefaultsFrom(item)),
    ...(item && showsRunningCost(item) ? { showsRunningCost: true } : {}),
    ...(item && ignoresTagSpaces(item) ? { ignoresTagSpaces: true } : {}),
    ...(masterPassGroup === undefined ? {} : { masterPassGroup }),
  };
};

const attributes = [
  'billing',
  'tariffId',
  'timeZone',
  'showsRunningCost',
  'ignoresTagSpaces',
  'masterPassGroup',
] as const;

/** Keeps the settings of an operator in the place of what held before, if that is what `isCurrent` takes it for. */
export async function writeBillingSettings(
  database: Database,
  operatorId: string,
  { settings, ...more }: KeptSettings,
  isCurrent?: IsCurrent<KeptSettings>,
): Promise<'written' | 'changed'> {
  const change = {
    TableName: database.state,
    Key: keyAttributes(settingsKey(operatorId)),
  };
  const update = updateOf({
    set: { kind: 'SETTINGS', billing: JSON.stringify(settings), ...more },
    remove: attributes.filter((name) => name !== 'billing' && more[name] === undefined),
  });
  if (isCurrent === undefined) {
    await database.client.send(new UpdateItemCommand({ ...change, ...update }));
    return 'written';
  }
  const before = await getItem(database, settingsKey(operatorId), true);
  if (!isCurrent(keptFrom(before))) return 'changed';
  const same = asRead(before, attributes);
  const written = await conditional(
    database.client.send(
      new UpdateItemCommand({
        ...change,
        ...update,
        ...same,
        ExpressionAttributeNames: {
          ...update.ExpressionAttributeNames,
          ...same.ExpressionAttributeNames,
        },
        ExpressionAttributeValues: {
          ...update.ExpressionAttributeValues,
          ...same.ExpressionAttributeValues,
        },
      }),
    ),
  );
  return written.kind === 'written' ? 'written' : 'changed';
}
