import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { optionalText } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sweepKey } from '../table/keys/operator-keys.ts';
import { updateOf } from '../table/update.ts';

/** From where on sessions are compared with CDRs: a shard, and starts in it, ISO 8601 in UTC. */
export type ComparedFrom = { readonly shard: number; readonly from: string };

/** Where a sweep had to end before it had seen everything. */
export type SweepPosition = {
  readonly operatorId: string;
  /** The first session that it did not check, by its place in lists (see placeInLists). */
  readonly place?: string;
  /** Where it was among the ended sessions, once it had checked all others. */
  readonly compared?: ComparedFrom;
};

/** How far the sweeps are. */
export type SweepProgress = {
  /** The day on which they last began to look far back, as in 2026-11-30, UTC. */
  readonly farOn?: string;
  /** Where the next one continues; absent where the last one saw everything. */
  readonly position?: SweepPosition;
  /** Whether the one that is to be continued looks far back. */
  readonly isFar?: boolean;
};

/** Reads how far the sweeps are. */
export async function readSweepProgress(database: Database): Promise<SweepProgress> {
  const item = (await getItem(database, sweepKey, true)) ?? {};
  const operatorId = optionalText(item, 'operatorId');
  const shard = item['shard']?.N;
  const from = optionalText(item, 'comparedFrom');
  const compared =
    shard === undefined || from === undefined ? undefined : { shard: Number(shard), from };
  const place = optionalText(item, 'place');
  const position =
    operatorId === undefined ? undefined : omitUndefined({ operatorId, place, compared });
  const isFar = item['isFar']?.BOOL;
  return omitUndefined({ farOn: optionalText(item, 'farOn'), position, isFar });
}

/** Stores how far the sweeps are. */
export async function writeSweepProgress(
  database: Database,
  { farOn, position, isFar }: SweepProgress,
): Promise<void> {
  const { operatorId, place, compared } = position ?? {};
  const set = {
    operatorId,
    place,
    shard: compared?.shard,
    comparedFrom: compared?.from,
    farOn,
    isFar,
  };
  const absent = Object.entries(set)
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(sweepKey),
      ...updateOf({ set: { kind: 'SWEEP', ...set }, remove: absent }),
    }),
  );
}
