import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type CountedSequences,
  formatCounted,
  isCounted,
  parseCounted,
  withCounted,
} from '../../../core/analytics/counted-sequences.ts';
import { addFigures } from '../../../core/analytics/figures.ts';
import type { Contribution, RollupKey } from '../../../core/analytics/rollup.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { type Item, optionalNumber, optionalText, toItem } from '../table/item.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';
import { rollupKey } from '../table/keys/rollup-keys.ts';
import { additionOf } from './sum-place.ts';

/** Which CDRs of a charger the sum of its month has, and when the last was added, epoch seconds. */
export type ChargerSum = { readonly counted: CountedSequences; readonly countedAt: number };

/** A sum that has no CDR. */
export const noSum: ChargerSum = { counted: [], countedAt: 0 };

const chargerSumFrom = (item: Item | undefined): ChargerSum => ({
  counted: parseCounted((item && optionalText(item, 'counted')) ?? ''),
  countedAt: (item && optionalNumber(item, 'countedAt')) ?? 0,
});

/** Reads which CDRs the sums of chargers have. */
export async function readChargerSums(
  database: Database,
  operatorId: string,
  keys: readonly RollupKey[],
): Promise<readonly ChargerSum[]> {
  const places = keys.map((key) => rollupKey(operatorId, key));
  return (await getItems(database, places, true)).map(chargerSumFrom);
}

/** How often another may have been at the same sum before it is given up. */
const mostMeetings = 20;

/** Writes a sum with CDRs that it has not; false if it is not as it was read. */
async function writeSum(
  database: Database,
  place: Key,
  { counted }: ChargerSum,
  [first, ...others]: readonly [Contribution, ...Contribution[]],
  nowSeconds: number,
): Promise<boolean> {
  const figures = others.reduce(
    (sum, { charger }) => addFigures(sum, charger.figures),
    first.charger.figures,
  );
  const { clause, values } = additionOf(new Map([['', figures]]));
  const next = [first, ...others].reduce(
    (all, { sequence }) => withCounted(all, sequence),
    counted,
  );
  const isNew = counted.length === 0;
  const added = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(place),
        UpdateExpression: `SET kind = :kind, counted = :next, countedAt = :now ADD ${clause}`,
        ConditionExpression: isNew ? 'attribute_not_exists(counted)' : 'counted = :counted',
        ExpressionAttributeValues: {
          ...toItem({
            ':kind': 'ROLLUP',
            ':next': formatCounted(next),
            ':now': nowSeconds,
            ':counted': isNew ? undefined : formatCounted(counted),
          }),
          ...values,
        },
      }),
    ),
  );
  return added.kind === 'written';
}

/**
 * Adds CDRs of one charger and month to its sum, which was read as `before`, those that it has not. They are counted with that.
 */
export async function addToChargerSum(
  database: Database,
  operatorId: string,
  contributions: readonly [Contribution, ...Contribution[]],
  before: ChargerSum,
  nowSeconds: number,
): Promise<void> {
  const place = rollupKey(operatorId, contributions[0].charger);
  let sum = before;
  for (let n = 0; n < mostMeetings; n += 1) {
    const { counted } = sum;
    const [first, ...others] = contributions.filter((one) => !isCounted(counted, one.sequence));
    if (first === undefined) return;
    if (await writeSum(database, place, sum, [first, ...others], nowSeconds)) return;
    sum = chargerSumFrom(await getItem(database, place, true));
  }
  throw new ConcurrentUpdateError('The sum of a charger kept being written');
}
