import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Figures } from '../../../core/analytics/figures.ts';
import type { RollupKey } from '../../../core/analytics/rollup.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import type { Item } from '../table/item.ts';
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

/** The marks of a sum's latest CDRs. */
export const latestOf = (item: Item | undefined): readonly string[] => item?.['latest']?.SS ?? [];

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
): Promise<{ readonly isAdded: boolean; readonly latest: readonly string[] }> {
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

/** Takes marks away from a sum: their CDRs cannot come again. */
export async function forgetMarks(
  database: Database,
  operatorId: string,
  key: RollupKey,
  marks: readonly string[],
): Promise<void> {
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(rollupKey(operatorId, key)),
      UpdateExpression: 'DELETE latest :marks',
      ExpressionAttributeValues: { ':marks': { SS: [...marks] } },
    }),
  );
}
