import { differenceOf } from '../common/decimal-text.ts';
import type { CdrVisit } from './visit.ts';

/** A CDR and the credits that take it back, by the partner's ids. */
type TakenBack = ReadonlyMap<string, readonly string[]>;

const unsigned = (amount: string | undefined): string =>
  amount === undefined ? '' : differenceOf(amount, '0').replace('-', '');

/** Everything that a credit which names no CDR repeats of the one that it takes back, signs apart. */
const repeatedBy = (cdr: CdrVisit): string =>
  JSON.stringify([
    ...[cdr.startDateTime, cdr.endDateTime, cdr.evseUid.toUpperCase(), cdr.currency],
    ...[cdr.energy, cdr.exclVat, cdr.inclVat].map(unsigned),
  ]);

const byAge = (a: CdrVisit, b: CdrVisit): number =>
  `${a.lastUpdated} ${a.id.toUpperCase()}` < `${b.lastUpdated} ${b.id.toUpperCase()}` ? -1 : 1;

const isUnnamed = ({ isCredit, creditOf }: CdrVisit): boolean => isCredit && creditOf === undefined;

/**
 * The credits among CDRs by the id of the one that they take back, in capitals. A credit that names none (2.1.1) takes back one that it repeats and
 * that no other took back, the oldest first; whatever the order in which they came.
 */
export const takenBack = (cdrs: readonly CdrVisit[]): TakenBack => {
  const named = Map.groupBy(
    cdrs.filter(({ isCredit, creditOf }) => isCredit && creditOf !== undefined),
    ({ creditOf = '' }) => creditOf.toUpperCase(),
  );
  const found = new Map([...named].map(([id, credits]) => [id, credits.map((one) => one.id)]));
  const alike = Map.groupBy(cdrs, repeatedBy);
  for (const group of alike.values()) {
    const open = group
      .filter(({ isCredit, id }) => !isCredit && !found.has(id.toUpperCase()))
      .toSorted(byAge);
    for (const [at, credit] of group.filter(isUnnamed).toSorted(byAge).entries()) {
      const original = open[at];
      if (original !== undefined) found.set(original.id.toUpperCase(), [credit.id]);
    }
  }
  return found;
};

/** CDRs that a credit which names none repeats, but that other credits took back already; none where nothing came that it repeats. */
export const alreadyTakenBack = (
  credit: CdrVisit,
  cdrs: readonly CdrVisit[],
): readonly string[] => {
  const name = repeatedBy(credit);
  return cdrs.filter((one) => !one.isCredit && repeatedBy(one) === name).map(({ id }) => id);
};
