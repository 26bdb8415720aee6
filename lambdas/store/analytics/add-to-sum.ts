import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Figures } from '../../../core/analytics/figures.ts';
import type { RollupKey } from '../../../core/analytics/rollup.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { type Item, optionalNumber } from '../table/item.ts';
import { keyAttributes, rollupKey } from '../table/keys.ts';

/** A CDR's part in a sum. */
export type Addend = {
  /** The CDR, by which the sum knows it again. */
  readonly mark: string;
  readonly figures: Figures;
};

/** The expression that adds figures to a sum, and its values. */
export function additionOf(figures: Figures): { readonly clause: string; readonly values: Item } {
  const names = Object.entries(figures);
  return {
    clause: names.map(([name]) => `${name} :${name}`).join(', '),
    values: Object.fromEntries(names.map(([name, amount]) => [`:${name}`, { N: `${amount}` }])),
  };
}

/** The latest CDRs of a sum, as far as it knows them. */
type LatestCdrs = {
  readonly marks: readonly string[];
  /** When it was last looked which of them it may forget, epoch seconds; 0 for never. */
  readonly lookedAt: number;
};

const latestOf = (item: Item | undefined): LatestCdrs => ({
  marks: item?.['latest']?.SS ?? [],
  lookedAt: (item && optionalNumber(item, 'lookedAt')) ?? 0,
});

/**
 * Adds figures to a sum that several chargers add to, unless it knows their CDRs already: then it stays, and gives the marks that it
 * knows. Otherwise it gives the marks of its latest CDRs, with those that were added.
 */
export async function addToSum(
  database: Database,
  operatorId: string,
  key: RollupKey,
  figures: Figures,
  marks: readonly string[],
): Promise<{ readonly isAdded: boolean; readonly latest: LatestCdrs }> {
  const { clause, values } = additionOf(figures);
  const added = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(rollupKey(operatorId, key)),
        UpdateExpression: `SET kind = :kind ADD ${clause}, latest :marks`,
        ConditionExpression: marks.map((_, n) => `NOT contains(latest, :mark${n})`).join(' AND '),
        ExpressionAttributeValues: {
          ':kind': { S: 'ROLLUP' },
          ':marks': { SS: [...marks] },
          ...values,
          ...Object.fromEntries(marks.map((mark, n) => [`:mark${n}`, { S: mark }])),
        },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  return added.kind === 'written'
    ? { isAdded: true, latest: latestOf(added.output.Attributes) }
    : { isAdded: false, latest: latestOf(added.item) };
}

/** Takes marks away from a sum, whose CDRs cannot come again, and notes that it was looked for them, in epoch seconds. */
export async function forgetMarks(
  database: Database,
  operatorId: string,
  key: RollupKey,
  marks: readonly string[],
  lookedAt: number,
): Promise<void> {
  const isAny = marks.length > 0;
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(rollupKey(operatorId, key)),
      UpdateExpression: `SET lookedAt = :lookedAt${isAny ? ' DELETE latest :marks' : ''}`,
      ExpressionAttributeValues: {
        ':lookedAt': { N: String(lookedAt) },
        ...(isAny && { ':marks': { SS: [...marks] } }),
      },
    }),
  );
}
