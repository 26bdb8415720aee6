import {
  addFigures,
  type Figures,
  figuresOf,
  moneyDecimals,
  type TenThousandths,
} from '../analytics/figures.ts';
import type { CdrContent } from '../cdr/model/cdr.ts';
import type { PriceLine } from '../tariff/model/price.ts';
import { decimalOf } from '../units/decimal.ts';
import { localDate } from '../units/local-date.ts';
import { billFigures, type RoamingBill } from './roaming-bill.ts';
import type { VatSum } from './vat-sum.ts';

/** A sealed CDR that has a total: one that is held has none. */
export type BilledCdr = CdrContent & { readonly total: NonNullable<CdrContent['total']> };

/** The sums of a statement in one currency. */
export type CurrencySum = {
  /** ISO 4217. */
  readonly currency: string;
  readonly figures: Figures;
  /** By the rate, the highest first; those without one last. They add up to the figures. */
  readonly vat: readonly VatSum[];
};

/** All that an account is billed for a month. */
export type Statement = {
  /** `YYYY-MM`. */
  readonly month: string;
  /** By the end of their sessions, the first first. */
  readonly cdrs: readonly BilledCdr[];
  /** Those of roaming partners for its drivers, in the same order. */
  readonly roaming: readonly RoamingBill[];
  readonly sums: readonly CurrencySum[];
};

/** True if a CDR counts for a month: its session ended in it, where its charger is. */
export const isOfMonth = (cdr: Pick<CdrContent, 'endedAt' | 'timeZone'>, month: string): boolean =>
  localDate(cdr.endedAt, cdr.timeZone).startsWith(`${month}-`);

const chargeComponents: readonly PriceLine['component'][] = [
  'ENERGY',
  'TIME',
  'PARKING_TIME',
  'FLAT',
];

/** The rate of all charges of a CDR; undefined where they have several, or there are none. */
function onlyRate(lines: readonly PriceLine[]): string | null | undefined {
  const charges = lines.filter(({ component }) => chargeComponents.includes(component));
  const [rate, ...others] = new Set(charges.map(({ vatPercent }) => vatPercent));
  return others.length === 0 ? rate : undefined;
}

/** The parts of a CDR by VAT rate. A credit has the lines of what it credits, so its parts are negated. */
function partsOf({ lines, creditOf }: BilledCdr): readonly VatSum[] {
  const sign = creditOf === null ? 1n : -1n;
  const rate = onlyRate(lines);
  const money = (text: string): TenThousandths =>
    (sign * decimalOf(text, moneyDecimals)) as TenThousandths;
  return lines.map((line) => ({
    // A promo code on a CDR of one rate changes that rate's tax base.
    vatPercent: line.vatPercent ?? rate ?? null,
    exclVat: money(line.exclVat),
    inclVat: money(line.inclVat),
  }));
}

const addVat = (a: VatSum, b: VatSum): VatSum => ({
  vatPercent: a.vatPercent,
  exclVat: (a.exclVat + b.exclVat) as TenThousandths,
  inclVat: (a.inclVat + b.inclVat) as TenThousandths,
});

const rateOf = ({ vatPercent }: VatSum): number => (vatPercent === null ? -1 : Number(vatPercent));

/** Partners write a rate with any number of zeros. */
const sameRate = ({ vatPercent }: VatSum): number | null =>
  vatPercent === null ? null : Number(vatPercent);

function sumsByRate(parts: readonly VatSum[]): readonly VatSum[] {
  return [...Map.groupBy(parts, sameRate).values()]
    .map((ofRate) => ofRate.reduce(addVat))
    .toSorted((a, b) => rateOf(b) - rateOf(a));
}

/** The sums of CDRs of one currency by VAT rate: the highest first, those without one last. */
export const vatSums = (cdrs: readonly BilledCdr[]): readonly VatSum[] =>
  sumsByRate(cdrs.flatMap(partsOf));

function sumOf(
  currency: string,
  cdrs: readonly BilledCdr[],
  bills: readonly RoamingBill[],
): readonly CurrencySum[] {
  const [first, ...others] = [...cdrs.map(figuresOf), ...bills.map(billFigures)];
  if (first === undefined) return [];
  return [
    {
      currency,
      figures: others.reduce(addFigures, first),
      vat: sumsByRate([...cdrs.flatMap(partsOf), ...bills.flatMap(({ parts }) => parts)]),
    },
  ];
}

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const listPosition = ({ endedAt, cdrId }: Pick<BilledCdr, 'endedAt' | 'cdrId'>): string =>
  `${endedAt}#${cdrId}`;

const listPositionOfBill = ({ cdr, cdrId }: RoamingBill): string =>
  listPosition({ endedAt: cdr.endDateTime, cdrId });

/** The things of a list that count for a month, each once, in the order of their places. */
const listed = <T extends { readonly cdrId: string }>(
  things: readonly T[],
  isOwn: (thing: T) => boolean,
  place: (thing: T) => string,
): readonly T[] =>
  [...new Map(things.map((one) => [one.cdrId, one])).values()]
    .filter(isOwn)
    .toSorted((a, b) => byText(place(a), place(b)));

/**
 * States what an account is billed for a month by these CDRs, and by those of roaming partners, each once, in whatever order they come.
 * Currencies are never added together.
 */
export function statementOf(
  month: string,
  cdrs: readonly BilledCdr[],
  roaming: readonly RoamingBill[] = [],
): Statement {
  const own = listed(cdrs, (cdr) => isOfMonth(cdr, month), listPosition);
  const bills = listed(
    roaming,
    ({ cdr, timeZone }) => isOfMonth({ endedAt: cdr.endDateTime, timeZone }, month),
    listPositionOfBill,
  );
  const byCurrency = Map.groupBy(own, ({ total }) => total.currency);
  const billsByCurrency = Map.groupBy(bills, ({ cdr }) => cdr.currency);
  return {
    month,
    cdrs: own,
    roaming: bills,
    sums: [...new Set([...byCurrency.keys(), ...billsByCurrency.keys()])]
      .toSorted(byText)
      .flatMap((currency) =>
        sumOf(currency, byCurrency.get(currency) ?? [], billsByCurrency.get(currency) ?? []),
      ),
  };
}
