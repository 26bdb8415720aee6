import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { type Item, optionalText, toItem } from '../table/item.ts';
import { connectorKey } from '../table/keys/connector-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';

/** The outcome for the pointer: it points at the session now, it did so before, or names a later session. */
export type Opened = {
  readonly kind: 'opened' | 'opened-before' | 'later';
  /** The session that it pointed at before; absent with `later`. */
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
        laterSessionId: optionalText(item, 'openSessionId'),
        laterStartedAt: optionalText(item, 'openSessionStartedAt'),
      });
