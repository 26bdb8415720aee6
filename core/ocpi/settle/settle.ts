import { differenceOf, sumOf } from '../common/decimal-text.ts';
import type { CdrPart } from './cdr-parts.ts';

/** A CDR for the settlement with a partner: ours to be paid, or the partner's to pay. */
export type SettledCdr = {
  readonly partnerId: string;
  readonly direction: 'receivable' | 'payable';
  readonly cdrId: string;
  readonly month: string;
  readonly currency: string;
  /** kWh; negative in a credit, so that sums of energy are what was delivered. */
  readonly energyKwh: string;
  readonly parts: readonly CdrPart[];
  /** Whether we dispute it; it is in the sums as the partner states it all the same. */
  readonly differs?: boolean;
};

/** The sum of one partner, direction, month, currency and VAT rate. Amounts are exact decimal texts. */
export type Settlement = {
  readonly partnerId: string;
  readonly direction: SettledCdr['direction'];
  readonly month: string;
  readonly currency: string;
  readonly vatPercent: string | null;
  /** CDRs with a part of this rate. */
  readonly cdrs: number;
  readonly energyKwh: string;
  readonly exclVat: string;
  /** Null where a CDR of the sum does not state VAT. */
  readonly vat: string | null;
  readonly inclVat: string | null;
  /** Those of the CDRs that we dispute, and how much of the sum without VAT they are. */
  readonly differingCdrs: number;
  readonly differingExclVat: string;
};

type Entry = { readonly cdr: SettledCdr; readonly part: CdrPart; readonly isFirst: boolean };

/** Partners write a rate with any number of zeros. */
const rateOf = ({ vatPercent }: CdrPart): string | null =>
  vatPercent === null ? null : differenceOf(vatPercent, '0');

const keyOf = ({ cdr, part }: Entry): string =>
  JSON.stringify([cdr.partnerId, cdr.direction, cdr.month, cdr.currency, rateOf(part) ?? '']);

const settle = (entries: readonly Entry[], { cdr, part }: Entry): Settlement => {
  const exclVat = sumOf(entries.map((entry) => entry.part.exclVat));
  const amounts = entries.map((entry) => entry.part.inclVat);
  const inclVat = amounts.every((amount) => amount !== null) ? sumOf(amounts) : null;
  const differing = entries.filter((entry) => entry.cdr.differs === true);
  return {
    partnerId: cdr.partnerId,
    direction: cdr.direction,
    month: cdr.month,
    currency: cdr.currency,
    vatPercent: rateOf(part),
    cdrs: entries.length,
    // Energy belongs to a CDR, not to a rate: the first part of each CDR carries it, so that it is counted once.
    energyKwh: sumOf(entries.filter(({ isFirst }) => isFirst).map((entry) => entry.cdr.energyKwh)),
    exclVat,
    vat: inclVat === null ? null : differenceOf(inclVat, exclVat),
    inclVat,
    differingCdrs: differing.length,
    differingExclVat: sumOf(differing.map((entry) => entry.part.exclVat)),
  };
};

/** Sums CDRs per partner, direction, month, currency and VAT rate, in this order; sums equal the CDRs to the last digit. */
export const settlements = (cdrs: readonly SettledCdr[]): readonly Settlement[] => {
  const entries = cdrs.flatMap((cdr) =>
    cdr.parts.map((part, at): Entry => ({ cdr, part, isFirst: at === 0 })),
  );
  const groups = Map.groupBy(entries, keyOf);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => group.slice(0, 1).map((first) => settle(group, first)));
};
