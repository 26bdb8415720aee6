import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { addFigures } from '../../../core/analytics/figures.ts';
import { spanOfDays } from '../../../core/analytics/span-of-days.ts';
import type { Database } from '../table/client.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { rollupsPk } from '../table/keys/rollup-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import type { ListedRollup } from './listed-rollup.ts';
import { figuresFrom, partsOf } from './sum-place.ts';

/** Days or months between two, both included. */
export type DayRange = {
  readonly by: 'day' | 'month';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const lengthOf = { day: 'YYYY-MM-DD'.length, month: 'YYYY-MM'.length } as const;

/** Items that end a page's last span or month, or begin its first, beside those in between. */
const atTheEnds = 6;

const listPosition = ({ group, currency }: ListedRollup): string => `${group}#${currency}`;

/** The sums of an item by day. */
function daysOf(item: Item): readonly ListedRollup[] {
  const [day = '', currency = ''] = text(item, 'sk').split('#');
  return partsOf(item).map((part) => ({
    group: part === '' ? day : `${day.slice(0, 8)}${part}`,
    currency,
    figures: figuresFrom(item, part),
  }));
}

/** The sums of items by day or month and currency, in their order. */
function groupsOf(items: readonly Item[], by: DayRange['by']): readonly ListedRollup[] {
  const groups = new Map<string, ListedRollup>();
  for (const day of items.flatMap(daysOf)) {
    const one = { ...day, group: day.group.slice(0, lengthOf[by]) };
    const before = groups.get(listPosition(one));
    const figures = before === undefined ? one.figures : addFigures(before.figures, one.figures);
    groups.set(listPosition(one), { ...one, figures });
  }
  return [...groups.values()].sort((a, b) => (listPosition(a) < listPosition(b) ? -1 : 1));
}

/** The span, or the month, that an item belongs to: it is read whole, in all its currencies. */
const wholeOf = (item: Item, by: DayRange['by']): string =>
  by === 'month'
    ? text(item, 'sk').slice(0, lengthOf.month)
    : spanOfDays(text(item, 'sk').slice(0, lengthOf.day));

const spanFrom = (group: string): string =>
  spanOfDays(group.length === lengthOf.day ? group : `${group}-01`);

/** Reads the items of a range in their order, as long as they are asked for; each time all that were read, and whether they are all. */
async function* readItems(
  database: Database,
  pk: string,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
): AsyncGenerator<{ readonly items: readonly Item[]; readonly isAll: boolean }> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const output: QueryCommandOutput = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':to': to }),
        Limit: limit,
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(output.Items ?? []));
    start = output.LastEvaluatedKey;
    yield { items, isAll: start === undefined };
  } while (start !== undefined);
}

/** The items without those of the last span or month, of which more may follow. */
function wholeOnes(items: readonly Item[], by: DayRange['by']): readonly Item[] {
  const last = items.at(-1);
  return last === undefined ? [] : items.filter((one) => wholeOf(one, by) !== wholeOf(last, by));
}

/** Lists the sums of days or months in their order. Items are read until those of a page are there: most often at once. */
export async function listSpans(
  database: Database,
  operatorId: string,
  { by, from = ' ', to = '\uffff' }: DayRange,
  { limit, after = ' ' }: ListRequest,
): Promise<Listed<ListedRollup>> {
  const begin = after.slice(0, lengthOf[by]);
  const first = begin > from ? begin : from;
  if (first > to) return { items: [], next: null };
  const range = {
    from: first === ' ' ? first : spanFrom(first),
    // The currency follows the day.
    to: `${to}\uffff`,
    limit: (by === 'month' ? 3 * limit : Math.ceil(limit / 10)) + atTheEnds,
  };
  const inRange = (one: ListedRollup): boolean =>
    one.group >= from && one.group <= to && listPosition(one) > after;
  let found: readonly ListedRollup[] = [];
  for await (const read of readItems(database, rollupsPk(operatorId, 'day', ''), range)) {
    const whole = read.isAll ? read.items : wholeOnes(read.items, by);
    found = groupsOf(whole, by).filter(inRange);
    if (found.length > limit) break;
  }
  const last = found.at(limit - 1);
  return {
    items: found.slice(0, limit),
    next: found.length > limit && last !== undefined ? listPosition(last) : null,
  };
}
