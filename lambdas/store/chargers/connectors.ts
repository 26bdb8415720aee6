import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import {
  type ConnectorStatus,
  connectorStatusFrom,
} from '../../../core/charger/connector-status.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText, text, toItem } from '../table/item.ts';
import { chargerItemKey } from '../table/keys/charger-keys.ts';
import { connectorKey, connectorOfKey, connectorPrefix } from '../table/keys/connector-keys.ts';

/** A connector as it last reported itself, and the session that started on it last. */
export type Connector = ConnectorRef & {
  readonly status?: ConnectorStatus;
  readonly errorCode?: string;
  /** The charger's time of the status, ISO 8601 in UTC; that of its receipt where the charger gave none or one of the future. */
  readonly statusAt?: string;
  /** When the status was received, ISO 8601 in UTC. */
  readonly statusReceivedAt?: string;
  readonly info?: string;
  readonly vendorErrorCode?: string;
  readonly openSessionId?: string;
  readonly openSessionStartedAt?: string;
};

/** Reads a connector from its item. */
export const connectorFrom = (item: Item): Connector =>
  omitUndefined({
    ...connectorOfKey(text(item, 'sk')),
    status: connectorStatusFrom(optionalText(item, 'status')),
    errorCode: optionalText(item, 'errorCode'),
    statusAt: optionalText(item, 'statusAt'),
    statusReceivedAt: optionalText(item, 'statusReceivedAt'),
    info: optionalText(item, 'info'),
    vendorErrorCode: optionalText(item, 'vendorErrorCode'),
    openSessionId: optionalText(item, 'openSessionId'),
    openSessionStartedAt: optionalText(item, 'openSessionStartedAt'),
  });

/** Reads one connector. `consistent` sees every write that has been answered. */
export async function readConnector(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  consistent = false,
): Promise<Connector | undefined> {
  const item = await getItem(database, connectorKey(chargerKey, connector), consistent);
  return item === undefined ? undefined : connectorFrom(item);
}

/**
 * Reads a charger's connection and connectors in one request; a charger that never reported has none. `consistent` sees
 * every write that has been answered.
 */
export async function readChargerItems(
  database: Database,
  chargerKey: string,
  consistent = false,
): Promise<{ readonly connection?: Item; readonly connectors: readonly Item[] }> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': chargerItemKey(chargerKey).pk,
        ':from': 'CONNECTION',
        ':to': `${connectorPrefix}~`,
      }),
      ConsistentRead: consistent,
    }),
  );
  const items = output.Items ?? [];
  const connection = items.find((item) => item['sk']?.S === 'CONNECTION');
  const connectors = items.filter((item) => item['sk']?.S !== 'CONNECTION');
  return connection === undefined ? { connectors } : { connection, connectors };
}

/** Whether a session is open on any connector of a charger. */
export async function isCharging(database: Database, chargerKey: string): Promise<boolean> {
  const { connectors } = await readChargerItems(database, chargerKey);
  return connectors.map(connectorFrom).some(({ openSessionId }) => openSessionId !== undefined);
}
