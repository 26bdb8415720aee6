import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Money } from '../../core/tariff/price.ts';
import type { RedeemedPromoCode } from '../../core/tariff/promo-code.ts';
import type { Database } from './client.ts';
import {
  type ClosedSession,
  type CountedReadings,
  closedSessionFrom,
  isClosed,
} from './closed-sessions.ts';
import { conditional } from './condition.ts';
import { getItem, getItems } from './get-item.ts';
import {
  document,
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
import type { StoredSession } from './session-item.ts';

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
  /** The promo code that was redeemed while the session ran; the cost is without what it takes off. */
  readonly promoCode?: RedeemedPromoCode;
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
    promoCode:
      item['promoCode'] === undefined ? undefined : document<RedeemedPromoCode>(item, 'promoCode'),
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
  promoCode: live.promoCode === undefined ? undefined : JSON.stringify(live.promoCode),
  updatedAt: live.updatedAt,
  version: live.version,
});

/** What is kept beside a session: its running view, or that it is over because its CDR was made. */
export type SessionProgress =
  | { readonly kind: 'running'; readonly live: LiveSession }
  | { readonly kind: 'closed'; readonly closed: ClosedSession };

/** The version of what is kept; 0 while nothing is. */
export function versionOf(progress: SessionProgress | undefined): number {
  if (progress === undefined) return 0;
  return progress.kind === 'running' ? progress.live.version : progress.closed.version;
}

const progressFrom = (item: Item): SessionProgress =>
  isClosed(item)
    ? { kind: 'closed', closed: closedSessionFrom(item) }
    : { kind: 'running', live: liveSessionFrom(item) };

/** What became of a running view: written, or what stands there instead. */
export type LiveWrite =
  | { readonly kind: 'written' }
  | { readonly kind: 'standing'; readonly progress: SessionProgress | undefined };

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
  return { kind: 'standing', progress: item === undefined ? undefined : progressFrom(item) };
}

/**
 * Reads how far a session is: its running view, or that it is over; undefined when neither was written yet.
 * `consistent` sees every write that has been answered.
 */
export async function readProgress(
  database: Database,
  sessionId: string,
  consistent = false,
): Promise<SessionProgress | undefined> {
  const item = await getItem(database, liveKey(sessionId), consistent);
  return item === undefined ? undefined : progressFrom(item);
}

/** Reads which readings the sealed CDR of a session rests on; of a session without one, nothing is known but the rule. */
export async function readCounted(
  database: Database,
  { session, result }: StoredSession,
): Promise<CountedReadings | undefined> {
  if (result?.cdrSequence === undefined) return undefined;
  const progress = await readProgress(database, session.sessionId, true);
  return progress?.kind === 'closed' ? progress.closed.counted : undefined;
}

const liveOf = (progress: SessionProgress | undefined): LiveSession | undefined =>
  progress?.kind === 'running' ? progress.live : undefined;

/** Reads the running view of a session; one that was written this very moment may not show yet. */
export async function readLiveSession(
  database: Database,
  sessionId: string,
): Promise<LiveSession | undefined> {
  return liveOf(await readProgress(database, sessionId));
}

/** Reads the running views of several sessions, by session id. */
export async function readLiveSessions(
  database: Database,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, LiveSession>> {
  const items = await getItems(database, sessionIds.map(liveKey));
  return new Map(
    items.flatMap((item) => {
      const live = item && liveOf(progressFrom(item));
      return live === undefined ? [] : [[live.sessionId, live] as const];
    }),
  );
}
