import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { optionalText } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sweepKey } from '../table/keys/operator-keys.ts';
import { updateOf } from '../table/update.ts';

/** Where a sweep had to end before it had seen everything. */
export type SweepPosition = {
  readonly operatorId: string;
  /** The first session that it did not check, by its place in lists (see placeInLists). */
  readonly place?: string;
};

/** Reads where the next sweep continues; undefined if the last one checked everything. */
export async function readSweepPosition(database: Database): Promise<SweepPosition | undefined> {
  const item = (await getItem(database, sweepKey, true)) ?? {};
  const operatorId = optionalText(item, 'operatorId');
  return operatorId === undefined
    ? undefined
    : omitUndefined({ operatorId, place: optionalText(item, 'place') });
}

/** Stores where the next sweep continues; undefined: at the beginning. */
export async function writeSweepPosition(
  database: Database,
  { operatorId, place }: Partial<SweepPosition> = {},
): Promise<void> {
  const absent = Object.entries({ operatorId, place })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(sweepKey),
      ...updateOf({ set: { kind: 'SWEEP', operatorId, place }, remove: absent }),
    }),
  );
}
