import { isCounted } from '../../../core/analytics/counted-sequences.ts';
import type { Contribution, RollupKey } from '../../../core/analytics/rollup.ts';
import type { Database } from '../table/client.ts';
import type { Key } from '../table/keys/key.ts';
import { type Addend, addToSum, forgetMarks } from './add-to-sum.ts';
import { addToChargerSum, type ChargerSum, noSum, readChargerSums } from './charger-sums.ts';
import { sumPlace } from './sum-place.ts';

/** An item of sums may know so many CDRs before those are looked for that it may forget: with them it has room in one write unit. */
const mostLatest = 12;

/** CDRs that one update adds at most: its condition names each, and may have 4 KB. */
const mostAtOnce = 100;

/** Three times as long as the function runs that counts, so that none is still at a CDR which it read as not counted, seconds. */
const mayStillCome = 3 * 60;

/** Seconds until it is looked again: each CDR is looked for a few times, however many others come at the same time. */
const betweenLooks = 90;

/** An item of sums, and a group of it. */
type Place = { readonly rollup: RollupKey; readonly key: Key };

const nameOf = ({ by, month, group, currency }: RollupKey): string =>
  JSON.stringify([by, month, group, currency]);

const markOf = ({ sequence, chargerId }: Contribution): string => `${sequence}#${chargerId}`;

/** The place of the sum that says whether a marked CDR was counted. */
function chargerOfMark(mark: string, { month, currency }: RollupKey): RollupKey {
  return { by: 'charger', month, group: mark.slice(mark.indexOf('#') + 1), currency };
}

/** Lets an item of sums forget CDRs that were counted everywhere long ago. */
async function forget(
  database: Database,
  operatorId: string,
  { rollup, key }: Place,
  latest: readonly string[],
  nowSeconds: number,
): Promise<void> {
  const keys = latest.map((mark) => chargerOfMark(mark, rollup));
  const chargers = await readChargerSums(database, operatorId, keys);
  const done = latest.filter((mark, index) => {
    const sum = chargers[index];
    const isOver = sum !== undefined && sum.countedAt < nowSeconds - mayStillCome;
    return isOver && isCounted(sum.counted, Number.parseInt(mark, 10));
  });
  await forgetMarks(database, key, done, nowSeconds);
}

/** Adds CDRs to one item of sums, those that it does not know yet. */
async function addAll(
  database: Database,
  operatorId: string,
  place: Place,
  addends: readonly Addend[],
  nowSeconds: number,
): Promise<void> {
  let open = addends;
  while (open.length > 0) {
    const some = open.slice(0, mostAtOnce);
    const { isAdded, latest } = await addToSum(database, place.key, some);
    open = open.filter((one) => !(isAdded ? some.includes(one) : latest.marks.includes(one.mark)));
    const isTime = latest.lookedAt <= nowSeconds - betweenLooks;
    if (isAdded && isTime && latest.marks.length > mostLatest) {
      await forget(database, operatorId, place, latest.marks, nowSeconds);
    }
  }
}

type Part = Place & { readonly addend: Addend };

/** The parts of a CDR in the sums that chargers share. */
const partsOfCdr = (operatorId: string, one: Contribution): readonly Part[] =>
  one.shared.map((rollup) => {
    const { key, part } = sumPlace(operatorId, rollup);
    return { rollup, key, addend: { mark: markOf(one), part, figures: rollup.figures } };
  });

/** CDRs of one charger and month that its sum has not, and that sum. */
type Open = {
  readonly contributions: readonly [Contribution, ...Contribution[]];
  readonly sum: ChargerSum;
};

/** Finds the CDRs that are to be counted, by charger and month. */
async function findOpen(
  database: Database,
  operatorId: string,
  contributions: readonly Contribution[],
): Promise<readonly Open[]> {
  const byCharger = [...Map.groupBy(contributions, ({ charger }) => nameOf(charger)).values()];
  const keys = byCharger.flatMap(([first]) => (first === undefined ? [] : [first.charger]));
  const sums = await readChargerSums(database, operatorId, keys);
  return byCharger.flatMap((some, index) => {
    const sum = sums[index] ?? noSum;
    const bySequence = new Map(some.map((one) => [one.sequence, one]));
    const [first, ...others] = [...bySequence.values()].filter(
      ({ sequence }) => !isCounted(sum.counted, sequence),
    );
    return first === undefined ? [] : [{ contributions: [first, ...others], sum }];
  });
}

/**
 * Counts sealed CDRs of an operator in its rollups, each once however often it comes and whatever fails in between. The sums that
 * chargers share come first, and know their latest CDRs; the sum of the charger comes last, and says for ever which it has.
 */
export async function countCdrs(
  database: Database,
  operatorId: string,
  contributions: readonly Contribution[],
  nowSeconds: number,
): Promise<void> {
  const open = await findOpen(database, operatorId, contributions);
  const parts = open
    .flatMap((one) => one.contributions)
    .flatMap((one) => partsOfCdr(operatorId, one));
  for (const [first, ...others] of Map.groupBy(
    parts,
    ({ key }) => `${key.pk} ${key.sk}`,
  ).values()) {
    if (first === undefined) continue;
    const addends = [first, ...others].map(({ addend }) => addend);
    await addAll(database, operatorId, first, addends, nowSeconds);
  }
  for (const { contributions: some, sum } of open) {
    await addToChargerSum(database, operatorId, some, sum, nowSeconds);
  }
}
