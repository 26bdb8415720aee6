import { type Delete, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { toItem } from '../table/item.ts';
import {
  bootKey,
  chargerConfigurationKey,
  chargerItemKey,
  connectionKey,
} from '../table/keys/charger-keys.ts';
import { configuredKey } from '../table/keys/command-keys.ts';
import { connectorKey } from '../table/keys/connector-keys.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';
import { writeTogether } from '../table/transaction.ts';
import { type Charger, chargerIdOf } from './chargers.ts';
import { connectionTokenDelete } from './connection-tokens.ts';
import { type Connection, deletionMark } from './connections.ts';
import type { Connector } from './connectors.ts';

/** A charger as it was read before it is deleted. */
export type ReadCharger = {
  readonly charger: Charger;
  readonly connection: Connection | undefined;
  readonly connectors: readonly Connector[];
};

/** Connectors that are deleted in the one transaction, which takes 100 items; no charger has as many. */
const mostConnectors = 88;

/** Deletes an item if each of these attributes still has the value that was read, or is still absent. */
function deleteAsRead(
  database: Database,
  key: Key,
  asRead: Readonly<Record<string, string | number | undefined>>,
): Delete {
  const names = Object.keys(asRead);
  const values = Object.fromEntries(names.map((name) => [`:${name}`, asRead[name]]));
  const item = toItem(values);
  return {
    TableName: database.state,
    Key: keyAttributes(key),
    ConditionExpression: names
      .map((name) =>
        asRead[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`,
      )
      .join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(Object.keys(item).length === 0 ? {} : { ExpressionAttributeValues: item }),
  };
}

/**
 * Deletes a charger with its credentials and what it reported of itself, all or nothing; `changed` where anything about it has
 * changed since it was read, as by a session that began. Its sessions, CDRs, readings and meter keys stay. A mark keeps out
 * a handshake that is under way.
 */
export async function deleteCharger(
  database: Database,
  { charger, connection, connectors }: ReadCharger,
  deletedAt: string,
): Promise<'deleted' | 'changed'> {
  const { chargerKey, version, connectionTokenHash, newConnectionTokenHash } = charger;
  const free = ({ evseId, connectorId, openSessionId }: Connector): Delete =>
    deleteAsRead(database, connectorKey(chargerKey, { evseId, connectorId }), { openSessionId });
  for (const one of connectors.slice(mostConnectors)) {
    await conditional(database.client.send(new DeleteItemCommand(free(one))));
  }
  const asRead = { version, connectionTokenHash, newConnectionTokenHash };
  const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = deleteAsRead(
    database,
    connectionKey(chargerKey),
    { connectionId: connection?.connectionId },
  );
  const mark = {
    TableName: database.state,
    Item: deletionMark(chargerKey, deletedAt),
    ConditionExpression,
    ExpressionAttributeNames,
    ExpressionAttributeValues,
  };
  const deletions: readonly Delete[] = [
    deleteAsRead(database, chargerItemKey(chargerKey), asRead),
    { TableName: database.state, Key: keyAttributes(chargerIdOf(charger)) },
    ...[...new Set([connectionTokenHash, newConnectionTokenHash])]
      .filter((hash) => hash !== undefined)
      .map((hash) => connectionTokenDelete(database, hash)),
    { TableName: database.state, Key: keyAttributes(bootKey(chargerKey)) },
    { TableName: database.state, Key: keyAttributes(chargerConfigurationKey(chargerKey)) },
    { TableName: database.state, Key: keyAttributes(configuredKey(chargerKey)) },
    ...connectors.slice(0, mostConnectors).map(free),
  ];
  const written = await writeTogether(
    database,
    [{ Put: mark }, ...deletions.map((Delete) => ({ Delete }))].map((item) => ({
      item,
      otherwise: 'changed',
    })),
  );
  return written === 'written' ? 'deleted' : 'changed';
}
