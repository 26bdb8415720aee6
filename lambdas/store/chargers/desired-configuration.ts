import { PutItemCommand, type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { defaultsVersion } from '../../../core/configuration/default-settings.ts';
import type { WantedConfiguration } from '../../../core/configuration/desired-configuration.ts';
import {
  type GivenList,
  type WantedList,
  wantsLocalList,
} from '../../../core/configuration/local-list.ts';
import { retryPause } from '../../../core/configuration/open-changes.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { asRead, type Condition, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { document, type Item, optionalNumber, optionalText, text, toItem } from '../table/item.ts';
import { chargerConfigurationKey } from '../table/keys/charger-keys.ts';
import { configuredKey } from '../table/keys/command-keys.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';
import { operatorConfigurationKey } from '../table/keys/operator-keys.ts';
import { despiteConflicts } from '../table/transact.ts';
import { updateOf } from '../table/update.ts';

/** A wanted configuration, and when it was set, ISO 8601 in UTC. */
export type StoredConfiguration = {
  readonly wanted: WantedConfiguration;
  readonly changedAt: string;
};

/** When a charger was asked for its settings last, and held against those that it should have. */
export type Configured = {
  /** The desired configuration that it was held against. */
  readonly version: string;
  readonly askedAt: string;
  /** Absent while it has not answered. */
  readonly comparedAt?: string;
  /** The local list that it took from us last. */
  readonly list?: GivenList;
  /** The commands of the last comparison that it may not have taken, by their places, and how many comparisons in a row left some. */
  readonly open?: readonly string[];
  readonly attempts?: number;
};

/** The settings that are wanted of a charger, by whom, and how far it was given them. */
export type ConfigurationOfCharger = {
  readonly operator?: StoredConfiguration;
  readonly charger?: StoredConfiguration;
  readonly configured?: Configured;
  /** The tokens of the operator as a local list, where the charger should have one. */
  readonly list?: WantedList;
  /** Names what is wanted now: it changes with the defaults and with each change of an operator. */
  readonly version: string;
};

const storedFrom = (item: Item | undefined): StoredConfiguration | undefined =>
  // One that only counts changes of tokens wants nothing.
  item?.['wanted'] && {
    wanted: document<WantedConfiguration>(item, 'wanted'),
    changedAt: text(item, 'changedAt'),
  };

const configuredFrom = (item: Item | undefined): Configured | undefined =>
  item &&
  omitUndefined({
    version: text(item, 'version'),
    askedAt: text(item, 'askedAt'),
    comparedAt: optionalText(item, 'comparedAt'),
    list: item['list'] === undefined ? undefined : document<GivenList>(item, 'list'),
    open: item['open'] === undefined ? undefined : document<readonly string[]>(item, 'open'),
    attempts: optionalNumber(item, 'attempts'),
  });

const listFrom = (item: Item | undefined): WantedList =>
  omitUndefined({
    changes: (item && optionalNumber(item, 'tokenChanges')) ?? 0,
    changedAt: item && optionalText(item, 'tokenChangedAt'),
    deletedAt: item && optionalText(item, 'tokenDeletedAt'),
  });

/** The items that say what is wanted of a charger: to be read in one request, with others where they are needed. */
export const configurationKeys = (operatorId: string, chargerKey: string): readonly Key[] => [
  operatorConfigurationKey(operatorId),
  chargerConfigurationKey(chargerKey),
  configuredKey(chargerKey),
];

/** Reads what is wanted of a charger from those items. */
export function configurationFrom(items: readonly (Item | undefined)[]): ConfigurationOfCharger {
  const [operator, charger] = items.slice(0, 2).map(storedFrom);
  const list = wantsLocalList(operator?.wanted, charger?.wanted) ? listFrom(items[0]) : undefined;
  const parts = [defaultsVersion, operator?.changedAt ?? '', charger?.changedAt ?? ''];
  const version = [...parts, ...(list === undefined ? [] : [list.changes])].join(' ');
  return omitUndefined({ operator, charger, configured: configuredFrom(items[2]), list, version });
}

/** Reads what an operator wants of all its chargers, as of now. */
export const readOperatorConfiguration = async (
  database: Database,
  operatorId: string,
): Promise<StoredConfiguration | undefined> =>
  storedFrom(await getItem(database, operatorConfigurationKey(operatorId), true));

/** Reads what is wanted of a charger, as of now. */
export const readConfiguration = async (
  database: Database,
  operatorId: string,
  chargerKey: string,
): Promise<ConfigurationOfCharger> =>
  configurationFrom(await getItems(database, configurationKeys(operatorId, chargerKey), true));

/** Hours after which a charger that did not answer is asked again. */
const askAgainAfter = 6;

/**
 * Whether a charger that connects should be asked for its settings: it never was, what is wanted has changed, or it did not answer.
 * `retry` where it was given what it lacked and may not have taken it all: one that connects often is not tried each time.
 */
export function configurationDue(
  { configured, version }: Pick<ConfigurationOfCharger, 'configured' | 'version'>,
  now: number,
): 'ask' | 'retry' | 'no' {
  if (configured === undefined || configured.version !== version) return 'ask';
  const { askedAt, comparedAt, open, attempts = 1 } = configured;
  const since = now - Date.parse(askedAt);
  if (comparedAt === undefined) return since > askAgainAfter * 3_600_000 ? 'ask' : 'no';
  return open !== undefined && since > retryPause(attempts) ? 'retry' : 'no';
}

async function put(database: Database, item: Parameters<typeof toItem>[0]): Promise<void> {
  await database.client.send(new PutItemCommand({ TableName: database.state, Item: toItem(item) }));
}

type IsCurrentConfiguration = IsCurrent<StoredConfiguration | undefined>;

/** The condition that what is wanted is what `isCurrent` takes it for; undefined where it is not, none where nobody asks. */
async function conditionOf(
  database: Database,
  key: Key,
  isCurrent: IsCurrentConfiguration | undefined,
): Promise<Partial<Condition> | undefined> {
  if (isCurrent === undefined) return {};
  const item = await getItem(database, key, true);
  return isCurrent(storedFrom(item)) ? asRead(item, ['wanted', 'changedAt']) : undefined;
}

/** Keeps what is wanted, in the place of what held before; what else the item counts goes on. */
async function writeConfiguration(
  database: Database,
  key: Key,
  { wanted, changedAt }: StoredConfiguration,
  isCurrent: IsCurrentConfiguration | undefined,
): Promise<'written' | 'changed'> {
  const condition = await conditionOf(database, key, isCurrent);
  if (condition === undefined) return 'changed';
  const change = updateOf({
    set: { kind: 'CONFIGURATION', wanted: JSON.stringify(wanted), changedAt },
  });
  const update = new UpdateItemCommand({
    TableName: database.state,
    Key: keyAttributes(key),
    ...change,
    ...condition,
    ExpressionAttributeNames: {
      ...change.ExpressionAttributeNames,
      ...condition.ExpressionAttributeNames,
    },
    ExpressionAttributeValues: {
      ...change.ExpressionAttributeValues,
      ...condition.ExpressionAttributeValues,
    },
  });
  // An operator's is part of the transactions that change tokens.
  const { kind } = await despiteConflicts(() => conditional(database.client.send(update)));
  return kind === 'written' ? 'written' : 'changed';
}

/** Keeps what an operator wants of all its chargers, if what held before is what `isCurrent` takes it for. */
export const writeOperatorConfiguration = async (
  database: Database,
  operatorId: string,
  stored: StoredConfiguration,
  isCurrent?: IsCurrentConfiguration,
): Promise<'written' | 'changed'> =>
  await writeConfiguration(database, operatorConfigurationKey(operatorId), stored, isCurrent);

/** The write that counts a change of a token, or a deletion. */
export function tokenChange(
  database: Database,
  operatorId: string,
  tokenChangedAt: string,
  isDeletion: boolean,
): Update {
  const tokenDeletedAt = isDeletion ? tokenChangedAt : undefined;
  const change = updateOf({
    set: { kind: 'CONFIGURATION', tokenChangedAt, tokenDeletedAt },
    names: ['tokenChanges'],
    values: { one: 1 },
  });
  return {
    TableName: database.state,
    Key: keyAttributes(operatorConfigurationKey(operatorId)),
    ...change,
    UpdateExpression: `${change.UpdateExpression} ADD #tokenChanges :one`,
  };
}

/** Counts that a token of an operator was changed at a time, ISO 8601 in UTC, so that chargers with a local list are given it. */
export async function countTokenChange(
  database: Database,
  operatorId: string,
  tokenChangedAt: string,
  isDeletion = false,
): Promise<void> {
  const change = tokenChange(database, operatorId, tokenChangedAt, isDeletion);
  await despiteConflicts(() => database.client.send(new UpdateItemCommand(change)));
}

/** Keeps what is wanted of one charger, likewise. */
export const writeChargerConfiguration = async (
  database: Database,
  chargerKey: string,
  stored: StoredConfiguration,
  isCurrent?: IsCurrentConfiguration,
): Promise<'written' | 'changed'> =>
  await writeConfiguration(database, chargerConfigurationKey(chargerKey), stored, isCurrent);

/** Notes how far a charger was given its desired configuration. */
export const noteConfigured = async (
  database: Database,
  chargerKey: string,
  { list, open, ...configured }: Configured,
): Promise<void> =>
  await put(database, {
    ...configuredKey(chargerKey),
    kind: 'CONFIGURED',
    ...configured,
    list: list === undefined ? undefined : JSON.stringify(list),
    open: open === undefined ? undefined : JSON.stringify(open),
  });
