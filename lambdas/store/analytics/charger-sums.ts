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
import { keyAttributes, rollupKey } from '../table/keys.ts';
import { additionOf } from './add-to-sum.ts';

/** Which CDRs of a charger the sum of its month has, and when the last was added, epoch seconds. */
export type ChargerSum = { readonly counted: CountedSequences; readonly countedAt: number };

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

/** Adds CDRs of one charger and month to its sum, those that it has not. They are counted with that. */
export async function addToChargerSum(
  database: Database,
  operatorId: string,
  key: RollupKey,
  contributions: readonly Contribution[],
  nowSeconds: number,
): Promise<void> {
  const place = rollupKey(operatorId, key);
  for (let n = 0; n < mostMeetings; n += 1) {
    const { counted } = chargerSumFrom(await getItem(database, place, true));
    const open = contributions.filter(({ sequence }) => !isCounted(counted, sequence));
    const [first, ...others] = open.map(({ charger }) => charger.figures);
    if (first === undefined) return;
    const { clause, values } = additionOf(others.reduce(addFigures, first));
    const next = open.reduce((all, { sequence }) => withCounted(all, sequence), counted);
    const added = await conditional(
      database.client.send(
        new UpdateItemCommand({
          TableName: database.state,
          Key: keyAttributes(place),
          UpdateExpression: `SET kind = :kind, counted = :next, countedAt = :now ADD ${clause}`,
          ConditionExpression:
            counted.length === 0 ? 'attribute_not_exists(counted)' : 'counted = :counted',
          ExpressionAttributeValues: {
            ...toItem({
              ':kind': 'ROLLUP',
              ':next': formatCounted(next),
              ':now': nowSeconds,
              ':counted': counted.length === 0 ? undefined : formatCounted(counted),
            }),
            ...values,
          },
        }),
      ),
    );
    if (added.kind === 'written') return;
  }
  throw new ConcurrentUpdateError('The sum of a charger kept being written');
}
