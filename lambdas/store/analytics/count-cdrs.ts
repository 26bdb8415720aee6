import { isCounted } from '../../../core/analytics/counted-sequences.ts';
import { addFigures } from '../../../core/analytics/figures.ts';
import type { Contribution, Rollup, RollupKey } from '../../../core/analytics/rollup.ts';
import type { Database } from '../table/client.ts';
import { type Addend, addToSum, forgetMarks } from './add-to-sum.ts';
import { addToChargerSum, type ChargerSum, noSum, readChargerSums } from './charger-sums.ts';

/** A sum may know so many CDRs before those are looked for that it may forget: with them it has room in one write unit. */
const mostLatest = 12;

/** Three times as long as the function runs that counts, so that none is still at a CDR which it read as not counted, seconds. */
const mayStillCome = 3 * 60;

/** Seconds until it is looked again: each CDR is looked for a few times, however many others come at the same time. */
const betweenLooks = 90;

const nameOf = ({ by, month, group, currency }: RollupKey): string =>
  JSON.stringify([by, month, group, currency]);

const markOf = ({ sequence, chargerId }: Contribution): string => `${sequence}#${chargerId}`;

/** The place of the sum that says whether a marked CDR was counted. */
function chargerOfMark(mark: string, { month, currency }: RollupKey): RollupKey {
  return { by: 'charger', month, group: mark.slice(mark.indexOf('#') + 1), currency };
}

/** Lets a sum forget CDRs that were counted everywhere long ago. */
async function forget(
  database: Database,
  operatorId: string,
  key: RollupKey,
  latest: readonly string[],
  nowSeconds: number,
): Promise<void> {
  const keys = latest.map((mark) => chargerOfMark(mark, key));
  const chargers = await readChargerSums(database, operatorId, keys);
  const done = latest.filter((mark, index) => {
    const sum = chargers[index];
    const isOver = sum !== undefined && sum.countedAt < nowSeconds - mayStillCome;
    return isOver && isCounted(sum.counted, Number.parseInt(mark, 10));
  });
  await forgetMarks(database, operatorId, key, done, nowSeconds);
}

/** Adds CDRs to one sum, those that it does not know yet. */
async function addAll(
  database: Database,
  operatorId: string,
  key: RollupKey,
  addends: readonly Addend[],
  nowSeconds: number,
): Promise<void> {
  let open = addends;
  for (;;) {
    const [first, ...others] = open.map(({ figures }) => figures);
    if (first === undefined) return;
    const marks = open.map(({ mark }) => mark);
    const figures = others.reduce(addFigures, first);
    const { isAdded, latest } = await addToSum(database, operatorId, key, figures, marks);
    if (isAdded) {
      const isTime = latest.lookedAt <= nowSeconds - betweenLooks;
      if (isTime && latest.marks.length > mostLatest) {
        await forget(database, operatorId, key, latest.marks, nowSeconds);
      }
      return;
    }
    open = open.filter(({ mark }) => !latest.marks.includes(mark));
  }
}

type Part = { readonly rollup: Rollup; readonly mark: string };

const addendOf = ({ rollup: { figures }, mark }: Part): Addend => ({ mark, figures });

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
    .flatMap((one) => one.shared.map((rollup): Part => ({ rollup, mark: markOf(one) })));
  for (const [first, ...others] of Map.groupBy(parts, ({ rollup }) => nameOf(rollup)).values()) {
    if (first === undefined) continue;
    const addends = [first, ...others].map(addendOf);
    await addAll(database, operatorId, first.rollup, addends, nowSeconds);
  }
  for (const { contributions: some, sum } of open) {
    await addToChargerSum(database, operatorId, some, sum, nowSeconds);
  }
}
