import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import {
  type ConnectorStatus,
  connectorStatusFrom,
} from '../../../core/charger/connector-status.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText, text, toItem } from '../table/item.ts';
import { chargerItemKey } from '../table/keys/charger-keys.ts';
import { connectorKey, connectorOfKey, connectorPrefix } from '../table/keys/connector-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { type Change, updateOf } from '../table/update.ts';

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

/** The status of a connector at one point in time. */
export type StatusReport = {
  readonly status: ConnectorStatus;
  readonly errorCode: string;
  /** The charger's time, or that of the receipt where the charger gave none or one of the future. */
  readonly statusAt: string;
  /** True if the charger gave a time. */
  readonly timed: boolean;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  readonly info?: string;
  readonly vendorErrorCode?: string;
  /** Present where a message of a session shows it, or its end; absent where the connector itself reports it. */
  readonly shownBy?: 'session' | 'end-of-session';
  /** The session that shows it. */
  readonly sessionId?: string;
  /** True for the first message of a transaction, whose number may have been used before. */
  readonly begins?: boolean;
};

/** The statuses that a session shows of its connector while it runs: its end changes no other. */
const ofSession = {
  preparing: 'preparing',
  charging: 'charging',
  byVehicle: 'suspended-by-vehicle',
  byCharger: 'suspended-by-charger',
} as const satisfies Record<string, ConnectorStatus>;

/** Only times of the same clock are compared: the charger's with the charger's, else receipt with receipt. */
const isLater = (timed: boolean): string => {
  const receivedLater = '#statusReceivedAt <= :statusReceivedAt';
  if (!timed) return `attribute_not_exists(#statusReceivedAt) OR ${receivedLater}`;
  const never = 'attribute_not_exists(#statusAt)';
  const untimed = `(attribute_not_exists(#statusTimed) AND ${receivedLater})`;
  const older = '(#statusTimed = :statusTimed AND #statusAt < :statusAt)';
  const same = `(#statusTimed = :statusTimed AND #statusAt = :statusAt AND ${receivedLater})`;
  return [never, untimed, older, same].join(' OR ');
};

/**
 * Whether a status counts. The end of a session follows what the session showed, and gives way to what the connector itself reports from
 * then on (`endedStatusAt`), also if that was before the end: it may be free or faulted by then. A session that has ended shows nothing any more.
 */
function countsIf({ timed, shownBy, sessionId, begins }: StatusReport) {
  const later = isLater(timed);
  if (shownBy === 'end-of-session') {
    const words = Object.keys(ofSession).map((name) => `:${name}`);
    const own = sessionId === undefined ? '' : ' OR #shownSessionId = :endedSessionId';
    return {
      condition: `(${later}${own}) AND #status IN (${words.join(', ')})`,
      values: ofSession,
      names: sessionId === undefined ? [] : ['shownSessionId'],
    };
  }
  if (shownBy === 'session' && sessionId !== undefined) {
    const other = 'attribute_not_exists(#endedSessionId) OR #endedSessionId <> :shownSessionId';
    const again = begins === true ? ' OR #sessionEndedAt < :statusAt' : '';
    const since = 'attribute_not_exists(#sessionEndedAt) OR #sessionEndedAt <= :statusAt';
    return {
      condition: `(${later}) AND (${other}${again}) AND (${since})`,
      names: ['endedSessionId', 'sessionEndedAt'],
    };
  }
  const sinceEnded = '(#statusTimed = :statusTimed AND #endedStatusAt < :statusAt)';
  return { condition: shownBy === undefined && timed ? `${later} OR ${sinceEnded}` : later };
}

/** The attributes that a status is kept with beside its own: of which session it is, or which one has ended. */
function sessionChange({ shownBy, sessionId, statusAt, begins }: StatusReport): Change {
  const isEnd = shownBy === 'end-of-session';
  return {
    set: {
      ...(shownBy === 'session' && { shownSessionId: sessionId }),
      ...(isEnd && { endedSessionId: sessionId, sessionEndedAt: statusAt }),
    },
    remove: [
      ...(isEnd ? [] : ['endedStatusAt']),
      ...(shownBy === 'session' && sessionId !== undefined ? [] : ['shownSessionId']),
      ...(begins === true ? ['endedSessionId'] : []),
    ],
    ...(isEnd && { copy: { endedStatusAt: 'statusAt' } }),
  };
}

/** Whether a status is the latest of its connector, and what was known of the connector before. */
export type Recorded = { readonly kind: 'written' | 'older'; readonly known?: Connector };

/**
 * Keeps a connector's latest status: by the charger's time, so that an earlier one that arrives later changes
 * nothing; a status without a time follows what was received before it, and what is received after it follows it.
 */
export async function recordStatus(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  report: StatusReport,
): Promise<Recorded> {
  const { timed, receivedAt, shownBy, sessionId, begins: _begins, ...status } = report;
  const optional = ['info', 'vendorErrorCode'] as const;
  const ofTheSession = sessionChange(report);
  const absent = [
    ...optional.filter((name) => status[name] === undefined),
    ...(ofTheSession.remove ?? []),
  ];
  const { condition, ...placeholders } = countsIf(report);
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectorKey(chargerKey, connector)),
        ...updateOf({
          set: {
            kind: 'CONNECTOR',
            ...status,
            statusReceivedAt: receivedAt,
            ...(timed ? { statusTimed: true } : {}),
            ...ofTheSession.set,
          },
          remove: timed ? absent : [...absent, 'statusTimed'],
          ...(ofTheSession.copy && { copy: ofTheSession.copy }),
          ...placeholders,
        }),
        ConditionExpression: condition,
        ReturnValues: 'ALL_OLD',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  const isWritten = update.kind === 'written';
  if (!isWritten && shownBy === 'end-of-session' && sessionId !== undefined) {
    await recordSessionEnd(database, chargerKey, connector, {
      sessionId,
      endedAt: report.statusAt,
    });
  }
  const item = isWritten ? update.output.Attributes : update.item;
  return {
    kind: isWritten ? 'written' : 'older',
    ...(item?.['statusAt'] === undefined ? {} : { known: knownBefore(item) }),
  };
}

/** Keeps the session of a connector that ended last, so that no message of it that comes later has the connector charge. */
export async function recordSessionEnd(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  { sessionId, endedAt }: { readonly sessionId: string; readonly endedAt: string },
): Promise<void> {
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectorKey(chargerKey, connector)),
        ...updateOf({
          set: { kind: 'CONNECTOR', endedSessionId: sessionId, sessionEndedAt: endedAt },
        }),
        ConditionExpression:
          'attribute_not_exists(#sessionEndedAt) OR #sessionEndedAt < :sessionEndedAt',
      }),
    ),
  );
}

/** A connector as it reported itself last: that the session is over, which it showed, was not reported. */
const knownBefore = (item: Item): Connector => {
  const { endedStatusAt } = item;
  return connectorFrom(endedStatusAt === undefined ? item : { ...item, statusAt: endedStatusAt });
};

/** The outcome for the pointer: it points at the session now, it did so before, or names a later session. */
export type Opened = {
  readonly kind: 'opened' | 'opened-before' | 'later';
  /** The previous session; never with `later`. */
  readonly previousSessionId?: string;
  /** When the later session began, ISO 8601 in UTC. */
  readonly laterStartedAt?: string;
  readonly laterSessionId?: string;
};

/**
 * Points the connector at the session that starts on it, unless a later one is there already, and gives the session
 * that it pointed at before. Asked again for the same session it gives the same answer, and the session before the
 * last does not come back. `startedAt` must not lie in the future, or no later session could take the pointer over.
 */
export async function openSessionOn(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  session: { readonly sessionId: string; readonly startedAt: string },
): Promise<Opened> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectorKey(chargerKey, connector)),
        UpdateExpression:
          'SET kind = :kind, previousSessionId = if_not_exists(openSessionId, :none), openSessionId = :id, openSessionStartedAt = :at',
        ConditionExpression:
          'attribute_not_exists(openSessionStartedAt) OR (openSessionStartedAt <= :at AND openSessionId <> :id AND previousSessionId <> :id)',
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
  return update.kind === 'written'
    ? { kind: 'opened', ...previous(optionalText(update.output.Attributes ?? {}, 'openSessionId')) }
    : standing(update.item ?? {}, session.sessionId);
}

const previous = (sessionId: string | undefined): Pick<Opened, 'previousSessionId'> =>
  sessionId === undefined || sessionId === '' ? {} : { previousSessionId: sessionId };

const standing = (item: Item, sessionId: string): Opened =>
  optionalText(item, 'openSessionId') === sessionId
    ? { kind: 'opened-before', ...previous(optionalText(item, 'previousSessionId')) }
    : omitUndefined({
        kind: 'later',
        previousSessionId: undefined,
        laterSessionId: optionalText(item, 'openSessionId'),
        laterStartedAt: optionalText(item, 'openSessionStartedAt'),
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
