import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Money } from '../../../core/tariff/model/price.ts';
import type { RedeemedPromoCode } from '../../../core/tariff/promo-code/promo-code.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import {
  document,
  type Item,
  number,
  optionalMap,
  optionalText,
  type Storable,
  text,
  toItem,
} from '../table/item.ts';
import { runningViewKey } from '../table/keys/session-keys.ts';
import {
  type ClosedRunningView,
  type CountedReadings,
  closedRunningViewFrom,
  isClosed,
} from './closed-running-view.ts';
import type { StoredSession } from './session-item.ts';

/** The running view of a session. */
export type RunningView = {
  readonly sessionId: string;
  /** The readings so far, in the compact encoded form. */
  readonly running: string;
  /** Its currents for monitoring, in their compact form; absent where none was measured. */
  readonly currents?: string;
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
export function runningViewFrom(item: Item): RunningView {
  const power = optionalText(item, 'power');
  const cost = optionalMap(item, 'cost');
  return omitUndefined({
    sessionId: text(item, 'pk').slice('SESSION#'.length),
    running: text(item, 'running'),
    currents: optionalText(item, 'currents'),
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

const runningViewAttributes = (
  live: RunningView,
): { readonly [name: string]: Storable | undefined } => ({
  ...runningViewKey(live.sessionId),
  kind: 'LIVE',
  running: live.running,
  currents: live.currents,
  energy: String(live.energy),
  power: live.power === undefined ? undefined : String(live.power),
  soc: live.stateOfCharge,
  cost: live.cost,
  promoCode: live.promoCode === undefined ? undefined : JSON.stringify(live.promoCode),
  updatedAt: live.updatedAt,
  version: live.version,
});

/** The state of a session's running view: running, or closed because its CDR was computed. */
export type RunningViewState =
  | { readonly kind: 'running'; readonly live: RunningView }
  | { readonly kind: 'closed'; readonly closed: ClosedRunningView };

/** The version of what is kept; 0 while nothing is. */
export function versionOf(progress: RunningViewState | undefined): number {
  if (progress === undefined) return 0;
  return progress.kind === 'running' ? progress.live.version : progress.closed.version;
}

/** Reads the state of a running view from its item. */
export const progressFrom = (item: Item): RunningViewState =>
  isClosed(item)
    ? { kind: 'closed', closed: closedRunningViewFrom(item) }
    : { kind: 'running', live: runningViewFrom(item) };

/** The outcome for a running view: written, or the item found instead. */
export type RunningViewWrite =
  | { readonly kind: 'written' }
  | { readonly kind: 'standing'; readonly progress: RunningViewState | undefined };

/** Keeps a running view, if it follows the one that is kept: the first has version 1. */
export async function writeRunningView(
  database: Database,
  live: RunningView,
): Promise<RunningViewWrite> {
  const first = live.version === 1;
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem(runningViewAttributes(live)),
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
 * Reads the progress of a session: its running view, or that it was closed; undefined when neither was written yet.
 * `consistent` sees every write that has been answered.
 */
export async function readProgress(
  database: Database,
  sessionId: string,
  consistent = false,
): Promise<RunningViewState | undefined> {
  const item = await getItem(database, runningViewKey(sessionId), consistent);
  return item === undefined ? undefined : progressFrom(item);
}

/** Reads which readings the sealed CDR of a session is based on; of a session without one, nothing is known but the rule. */
export async function readCounted(
  database: Database,
  { session, result }: StoredSession,
): Promise<CountedReadings | undefined> {
  if (result?.cdrSequence === undefined) return undefined;
  const progress = await readProgress(database, session.sessionId, true);
  return progress?.kind === 'closed' ? progress.closed.counted : undefined;
}

const liveOf = (progress: RunningViewState | undefined): RunningView | undefined =>
  progress?.kind === 'running' ? progress.live : undefined;

/** Reads the running view of a session; one that was written this very moment may not show yet. */
export async function readRunningView(
  database: Database,
  sessionId: string,
): Promise<RunningView | undefined> {
  return liveOf(await readProgress(database, sessionId));
}

/** Reads the running views of several sessions, by session id. */
export async function readRunningViews(
  database: Database,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, RunningView>> {
  const items = await getItems(database, sessionIds.map(runningViewKey));
  return new Map(
    items.flatMap((item) => {
      const live = item && liveOf(progressFrom(item));
      return live === undefined ? [] : [[live.sessionId, live] as const];
    }),
  );
}
