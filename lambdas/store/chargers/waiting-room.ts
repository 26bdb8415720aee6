import { type TransactWriteItem, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { normalizeChargerId } from '../../../core/charger/charger-key.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { protocolFrom } from '../readings/protocol-from.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, number, optionalMap, optionalText, text, toAttribute } from '../table/item.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';

/** A partition of its own, which handshakes may write to. */
const waitingRoomKey = (operatorId: string): Key => ({ pk: `WAITING#${operatorId}`, sk: 'ROOM' });

/** The bounds of an operator's waiting room: chargers that it holds, and hours that one stays after its last attempt. */
export type WaitingRoomBounds = { readonly places: number; readonly hours: number };

/** A charger that tried to connect and that nobody registered. Nothing that it says of itself is proven. */
export type WaitingCharger = {
  /** As its URL names it. */
  readonly chargerId: string;
  readonly protocol: Protocol;
  /** The address that CloudFront saw it at. */
  readonly address?: string;
  readonly firstSeenAt: string;
  /** Of its last attempt that was noted. */
  readonly lastSeenAt: string;
  /** When an operator dismissed it: it is shown no more, and keeps its place until it has expired. */
  readonly dismissedAt?: string;
};

/** A waiting room with all who are in it, the expired ones included. */
export type WaitingRoom = {
  readonly bounds: WaitingRoomBounds;
  readonly chargers: readonly WaitingCharger[];
};

const waitingFrom = (item: Item): WaitingCharger =>
  omitUndefined({
    chargerId: text(item, 'chargerId'),
    protocol: protocolFrom(text(item, 'protocol')),
    address: optionalText(item, 'address'),
    firstSeenAt: text(item, 'firstSeenAt'),
    lastSeenAt: text(item, 'lastSeenAt'),
    dismissedAt: optionalText(item, 'dismissedAt'),
  });

/** Reads an operator's waiting room; undefined where it has none. */
export async function readWaitingRoom(
  database: Database,
  operatorId: string,
  consistent = true,
): Promise<WaitingRoom | undefined> {
  const item = await getItem(database, waitingRoomKey(operatorId), consistent);
  const chargers = item && optionalMap(item, 'chargers');
  if (item === undefined || chargers === undefined) return undefined;
  return {
    bounds: { places: number(item, 'places'), hours: number(item, 'hours') },
    chargers: Object.values(chargers).flatMap(({ M }) => (M === undefined ? [] : [waitingFrom(M)])),
  };
}

type Parts = Pick<
  UpdateItemCommand['input'],
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'
> & { readonly names: Readonly<Record<string, string>> };

async function update(
  database: Database,
  operatorId: string,
  { names, ...parts }: Parts,
): Promise<boolean> {
  const written = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(waitingRoomKey(operatorId)),
        ...parts,
        ExpressionAttributeNames: { '#chargers': 'chargers', ...names },
      }),
    ),
  );
  return written.kind === 'written';
}

/**
 * The write that opens a waiting room, or changes its bounds; without places it is closed, and forgets who was in it. With
 * `before`, on the condition that the bounds are those.
 */
export function waitingRoomUpdate(
  database: Database,
  operatorId: string,
  { places, hours }: WaitingRoomBounds,
  before?: WaitingRoomBounds | 'closed',
): TransactWriteItem {
  const bounds = { ':places': toAttribute(places), ':hours': toAttribute(hours) };
  const isOpened = places > 0;
  return {
    Update: {
      TableName: database.state,
      Key: keyAttributes(waitingRoomKey(operatorId)),
      UpdateExpression: isOpened
        ? 'SET #kind = :kind, #places = :places, #hours = :hours, #chargers = if_not_exists(#chargers, :none)'
        : 'SET #kind = :kind, #places = :places, #hours = :hours REMOVE #chargers',
      ...conditionOn(before),
      ExpressionAttributeNames: {
        '#kind': 'kind',
        '#chargers': 'chargers',
        '#places': 'places',
        '#hours': 'hours',
      },
      ExpressionAttributeValues: {
        ...bounds,
        ':kind': { S: 'WAITINGROOM' },
        ...(isOpened ? { ':none': { M: {} } } : {}),
        ...(typeof before === 'object'
          ? { ':p': toAttribute(before.places), ':h': toAttribute(before.hours) }
          : {}),
      },
    },
  };
}

/** A closed room has no list of chargers. */
const conditionOn = (before: WaitingRoomBounds | 'closed' | undefined) => {
  if (before === undefined) return {};
  return {
    ConditionExpression:
      before === 'closed' ? 'attribute_not_exists(#chargers)' : '#places = :p AND #hours = :h',
  };
};

/** Lets a charger in. One condition on one item counts the places, whoever else comes at the same time; without effect where none is free, or the room was closed. */
async function letIn(
  database: Database,
  operatorId: string,
  charger: WaitingCharger,
): Promise<void> {
  await update(database, operatorId, {
    UpdateExpression: 'SET #chargers.#id = :charger',
    // The bound is that of the item: nobody can have read an older one.
    ConditionExpression:
      'attribute_not_exists(#chargers.#id) AND attribute_exists(#chargers) AND size(#chargers) < #places',
    ExpressionAttributeValues: { ':charger': toAttribute(omitUndefined(charger)) },
    names: { '#id': normalizeChargerId(charger.chargerId), '#places': 'places' },
  });
}

/**
 * Lets a charger in, or notes that it was there again where it is in the room as it was read (`before`): one that was dismissed or
 * adopted meanwhile is left as it is.
 */
export async function enterWaitingRoom(
  database: Database,
  operatorId: string,
  charger: WaitingCharger,
  before: WaitingCharger | undefined,
): Promise<void> {
  if (before === undefined) return await letIn(database, operatorId, charger);
  const { lastSeenAt, dismissedAt } = before;
  await update(database, operatorId, {
    UpdateExpression: 'SET #chargers.#id = :charger',
    ConditionExpression: `#chargers.#id.#lastSeenAt = :lastSeenAt AND ${
      dismissedAt === undefined
        ? 'attribute_not_exists(#chargers.#id.#dismissedAt)'
        : '#chargers.#id.#dismissedAt = :dismissedAt'
    }`,
    ExpressionAttributeValues: {
      ':charger': toAttribute(omitUndefined(charger)),
      ':lastSeenAt': toAttribute(lastSeenAt),
      ...(dismissedAt === undefined ? {} : { ':dismissedAt': toAttribute(dismissedAt) }),
    },
    names: {
      '#id': normalizeChargerId(charger.chargerId),
      '#lastSeenAt': 'lastSeenAt',
      '#dismissedAt': 'dismissedAt',
    },
  });
}

/** Takes a charger out, if it is there as it was read. */
export async function leaveWaitingRoom(
  database: Database,
  operatorId: string,
  { chargerId, lastSeenAt }: Pick<WaitingCharger, 'chargerId' | 'lastSeenAt'>,
): Promise<void> {
  await update(database, operatorId, {
    UpdateExpression: 'REMOVE #chargers.#id',
    ConditionExpression: '#chargers.#id.#lastSeenAt = :lastSeenAt',
    ExpressionAttributeValues: { ':lastSeenAt': toAttribute(lastSeenAt) },
    names: { '#id': normalizeChargerId(chargerId), '#lastSeenAt': 'lastSeenAt' },
  });
}

/** Dismisses a charger: `absent` where it is not there. */
export async function dismissWaiting(
  database: Database,
  operatorId: string,
  chargerId: string,
  dismissedAt: string,
): Promise<'dismissed' | 'absent'> {
  const dismissed = await update(database, operatorId, {
    UpdateExpression: 'SET #chargers.#id.#dismissedAt = :dismissedAt',
    ConditionExpression: 'attribute_exists(#chargers.#id)',
    ExpressionAttributeValues: { ':dismissedAt': toAttribute(dismissedAt) },
    names: { '#id': normalizeChargerId(chargerId), '#dismissedAt': 'dismissedAt' },
  });
  return dismissed ? 'dismissed' : 'absent';
}
