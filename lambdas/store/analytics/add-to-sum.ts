import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { addFigures, type Figures } from '../../../core/analytics/figures.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { type Item, optionalNumber } from '../table/item.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';
import { additionOf } from './sum-place.ts';

/** The part of a CDR in an item of sums. */
export type Addend = {
  /** The CDR, by which the item knows it again. */
  readonly mark: string;
  /** The part of the item that it adds to. */
  readonly part: string;
  readonly figures: Figures;
};

/** The latest CDRs of an item of sums, as far as it knows them. */
type LatestCdrs = {
  readonly marks: readonly string[];
  /** When it was last looked which of them it may forget, epoch seconds; 0 for never. */
  readonly lookedAt: number;
};

const latestOf = (item: Item | undefined): LatestCdrs => ({
  marks: item?.['latest']?.SS ?? [],
  lookedAt: (item && optionalNumber(item, 'lookedAt')) ?? 0,
});

/** The figures that addends come to, by the part of the item. */
function figuresByPart(addends: readonly Addend[]): ReadonlyMap<string, Figures> {
  const parts = new Map<string, Figures>();
  for (const { part, figures } of addends) {
    const before = parts.get(part);
    parts.set(part, before === undefined ? figures : addFigures(before, figures));
  }
  return parts;
}

/**
 * Adds CDRs to an item of sums that several chargers add to, unless it knows one of them already: then it stays, and gives the marks that
 * it knows. Otherwise it gives the marks of its latest CDRs, with those that were added.
 */
export async function addToSum(
  database: Database,
  key: Key,
  addends: readonly Addend[],
): Promise<{ readonly isAdded: boolean; readonly latest: LatestCdrs }> {
  const { clause, values } = additionOf(figuresByPart(addends));
  const marks = addends.map(({ mark }) => mark);
  const added = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(key),
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

/** Takes marks away from an item of sums, whose CDRs cannot come again, and notes that it was looked for them, in epoch seconds. */
export async function forgetMarks(
  database: Database,
  key: Key,
  marks: readonly string[],
  lookedAt: number,
): Promise<void> {
  const isAny = marks.length > 0;
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(key),
      UpdateExpression: `SET lookedAt = :lookedAt${isAny ? ' DELETE latest :marks' : ''}`,
      ExpressionAttributeValues: {
        ':lookedAt': { N: String(lookedAt) },
        ...(isAny && { ':marks': { SS: [...marks] } }),
      },
    }),
  );
}
