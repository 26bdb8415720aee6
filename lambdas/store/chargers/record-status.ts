import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import type { ConnectorStatus } from '../../../core/charger/connector-status.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import type { Item } from '../table/item.ts';
import { connectorKey } from '../table/keys/connector-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { type Change, updateOf } from '../table/update.ts';
import { type Connector, connectorFrom } from './connectors.ts';

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
