import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { conditional } from './condition.ts';
import { getItem } from './get-item.ts';
import { type Item, optionalText, present, text, toItem } from './item.ts';
import { chargerItemKey, connectorKey, keyAttributes } from './keys.ts';
import { updateOf } from './update.ts';

/** A connector as it last reported itself, and the session that started on it last. */
export type Connector = {
  readonly evseId: number;
  readonly connectorId: number;
  readonly status?: string;
  readonly errorCode?: string;
  /** The charger's time of the status, ISO 8601 in UTC. */
  readonly statusAt?: string;
  readonly info?: string;
  readonly vendorErrorCode?: string;
  readonly openSessionId?: string;
  readonly openSessionStartedAt?: string;
};

const numberAfterHash = (sk: string): number => Number(sk.slice(sk.indexOf('#') + 1));

/** Reads a connector from its item. */
export function connectorFrom(item: Item): Connector {
  const connectorId = numberAfterHash(text(item, 'sk'));
  return present<Connector>({
    evseId: connectorId,
    connectorId,
    status: optionalText(item, 'status'),
    errorCode: optionalText(item, 'errorCode'),
    statusAt: optionalText(item, 'statusAt'),
    info: optionalText(item, 'info'),
    vendorErrorCode: optionalText(item, 'vendorErrorCode'),
    openSessionId: optionalText(item, 'openSessionId'),
    openSessionStartedAt: optionalText(item, 'openSessionStartedAt'),
  });
}

/** What a connector says of itself at one point in time. */
export type ConnectorStatus = {
  readonly status: string;
  readonly errorCode: string;
  readonly statusAt: string;
  readonly info?: string;
  readonly vendorErrorCode?: string;
};

/** Keeps a connector's latest status; an earlier one that arrives later changes nothing. */
export async function recordStatus(
  database: Database,
  chargerKey: string,
  connectorId: number,
  status: ConnectorStatus,
): Promise<'written' | 'older'> {
  const optional = ['info', 'vendorErrorCode'] as const;
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectorKey(chargerKey, connectorId)),
        ...updateOf({
          set: { kind: 'CONNECTOR', ...status },
          remove: optional.filter((name) => status[name] === undefined),
        }),
        ConditionExpression: 'attribute_not_exists(#statusAt) OR #statusAt <= :statusAt',
      }),
    ),
  );
  return update.kind === 'written' ? 'written' : 'older';
}

/**
 * Points the connector at the session that starts on it, unless a later one is there already, and gives the session
 * that it pointed at before. Asked again for the same session it gives the same answer.
 */
export async function openSessionOn(
  database: Database,
  chargerKey: string,
  connectorId: number,
  session: { readonly sessionId: string; readonly startedAt: string },
): Promise<{ readonly previousSessionId?: string }> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectorKey(chargerKey, connectorId)),
        UpdateExpression:
          'SET kind = :kind, previousSessionId = if_not_exists(openSessionId, :none), openSessionId = :id, openSessionStartedAt = :at',
        ConditionExpression:
          'attribute_not_exists(openSessionStartedAt) OR (openSessionStartedAt <= :at AND openSessionId <> :id)',
        ExpressionAttributeValues: toItem({
          ':kind': 'CONNECTOR',
          ':none': '',
          ':id': session.sessionId,
          ':at': session.startedAt,
        }),
        ReturnValues: 'UPDATED_OLD',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  const previous = previousOf(update, session.sessionId);
  return previous === undefined || previous === '' ? {} : { previousSessionId: previous };
}

function previousOf(
  update: Awaited<ReturnType<typeof conditional<{ Attributes?: Item | undefined }>>>,
  sessionId: string,
): string | undefined {
  if (update.kind === 'written')
    return optionalText(update.output.Attributes ?? {}, 'openSessionId');
  const item = update.item ?? {};
  return optionalText(item, 'openSessionId') === sessionId
    ? optionalText(item, 'previousSessionId')
    : undefined;
}

/** Reads one connector. */
export async function readConnector(
  database: Database,
  chargerKey: string,
  connectorId: number,
): Promise<Connector | undefined> {
  const item = await getItem(database, connectorKey(chargerKey, connectorId));
  return item === undefined ? undefined : connectorFrom(item);
}

/** Reads a charger's connection and connectors in one request; a charger that never reported has none. */
export async function readChargerItems(
  database: Database,
  chargerKey: string,
): Promise<{ readonly connection?: Item; readonly connectors: readonly Item[] }> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': chargerItemKey(chargerKey).pk,
        ':from': 'CONNECTION',
        ':to': 'CONNECTOR#~',
      }),
    }),
  );
  const items = output.Items ?? [];
  const connection = items.find((item) => item['sk']?.S === 'CONNECTION');
  const connectors = items.filter((item) => item['sk']?.S !== 'CONNECTION');
  return connection === undefined ? { connectors } : { connection, connectors };
}
