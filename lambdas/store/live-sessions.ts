import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Money } from '../../core/tariff/price.ts';
import type { Database } from './client.ts';
import { conditional } from './condition.ts';
import { getItem, getItems } from './get-item.ts';
import {
  type Item,
  number,
  optionalMap,
  optionalText,
  present,
  type Storable,
  text,
  toItem,
} from './item.ts';
import { liveKey } from './keys.ts';

/** The running view of a session. */
export type LiveSession = {
  readonly sessionId: string;
  /** What the readings so far amount to, in the compact form of the running session. */
  readonly running: string;
  /** Energy so far in mWh. */
  readonly energy: bigint;
  /** The latest measured power in mW. */
  readonly power?: bigint;
  /** Percent, as the charger wrote it. */
  readonly stateOfCharge?: string;
  /** Cost so far; absent when the charger has no tariff. */
  readonly cost?: Money;
  readonly updatedAt: string;
  /** Counts up with every change. */
  readonly version: number;
};

/** Reads a running view from its item. */
function liveSessionFrom(item: Item): LiveSession {
  const power = optionalText(item, 'power');
  const cost = optionalMap(item, 'cost');
  return present<LiveSession>({
    sessionId: text(item, 'pk').slice('SESSION#'.length),
    running: text(item, 'running'),
    energy: BigInt(text(item, 'energy')),
    power: power === undefined ? undefined : BigInt(power),
    stateOfCharge: optionalText(item, 'soc'),
    cost:
      cost === undefined
        ? undefined
        : {
            currency: text(cost, 'currency'),
            exclVat: text(cost, 'exclVat'),
            inclVat: text(cost, 'inclVat'),
          },
    updatedAt: text(item, 'updatedAt'),
    version: number(item, 'version'),
  });
}

const liveAttributes = (live: LiveSession): { readonly [name: string]: Storable | undefined } => ({
  ...liveKey(live.sessionId),
  kind: 'LIVE',
  running: live.running,
  energy: String(live.energy),
  power: live.power === undefined ? undefined : String(live.power),
  soc: live.stateOfCharge,
  cost: live.cost,
  updatedAt: live.updatedAt,
  version: live.version,
});

/** What became of a running view: written, or what stands there instead. */
export type LiveWrite =
  | { readonly kind: 'written' }
  | { readonly kind: 'standing'; readonly live: LiveSession | undefined };

/** Keeps a running view, if it follows the one that is kept: the first has version 1. */
export async function writeLiveSession(database: Database, live: LiveSession): Promise<LiveWrite> {
  const first = live.version === 1;
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem(liveAttributes(live)),
        ConditionExpression: first ? 'attribute_not_exists(pk)' : '#version = :previous',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...(first
          ? {}
          : {
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':previous': { N: String(live.version - 1) } },
            }),
      }),
    ),
  );
  if (put.kind === 'written') return { kind: 'written' };
  const item = put.item;
  return { kind: 'standing', live: item === undefined ? undefined : liveSessionFrom(item) };
}

/** Reads the running view of a session; one that was written this very moment may not show yet. */
export async function readLiveSession(
  database: Database,
  sessionId: string,
): Promise<LiveSession | undefined> {
  const item = await getItem(database, liveKey(sessionId));
  return item === undefined ? undefined : liveSessionFrom(item);
}

/** Reads the running views of several sessions, by session id. */
export async function readLiveSessions(
  database: Database,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, LiveSession>> {
  const items = await getItems(database, sessionIds.map(liveKey));
  return new Map(
    items.flatMap((item) => {
      if (item === undefined) return [];
      const live = liveSessionFrom(item);
      return [[live.sessionId, live] as const];
    }),
  );
}
