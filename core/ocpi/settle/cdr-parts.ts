import type { PriceLine } from '../../tariff/model/price.ts';
import { negated } from '../../units/decimal.ts';
import { differenceOf, sumOf } from '../common/decimal-text.ts';
import type { PartnerCdr } from '../model/cdr.ts';

/** A part of the total of a CDR under one VAT rate. */
export type CdrPart = {
  /** Percent; null where no rate is known, or VAT does not apply. */
  readonly vatPercent: string | null;
  readonly exclVat: string;
  /** Null where the CDR does not say it. */
  readonly inclVat: string | null;
};

const wholeUnder = ({ totalCost }: PartnerCdr, vatPercent: string | null): readonly CdrPart[] => [
  { vatPercent, exclVat: totalCost.exclVat, inclVat: totalCost.inclVat ?? null },
];

/** Lines that take back what others bill. */
const takenBack = (lines: readonly PriceLine[]): readonly PriceLine[] =>
  lines.map((line) => ({
    ...line,
    exclVat: negated(line.exclVat),
    inclVat: negated(line.inclVat),
  }));

/** The parts by the lines of our price, if these add up to what the CDR states to the last digit. */
const partsOfLines = (
  { totalCost }: PartnerCdr,
  lines: readonly PriceLine[],
): readonly CdrPart[] | undefined => {
  const rates = [...new Set(lines.map(({ vatPercent }) => vatPercent))];
  const parts = rates.map((vatPercent) => {
    const ofRate = lines.filter((line) => line.vatPercent === vatPercent);
    return {
      vatPercent,
      exclVat: sumOf(ofRate.map(({ exclVat }) => exclVat)),
      inclVat: totalCost.inclVat === undefined ? null : sumOf(ofRate.map(({ inclVat }) => inclVat)),
    };
  });
  const isWhole =
    differenceOf(totalCost.exclVat, sumOf(parts.map(({ exclVat }) => exclVat))) === '0' &&
    (totalCost.inclVat === undefined ||
      differenceOf(totalCost.inclVat, sumOf(parts.map(({ inclVat }) => inclVat ?? '0'))) === '0');
  return isWhole ? parts : undefined;
};

const ratesIn = ({ tariffs }: PartnerCdr): readonly (string | undefined)[] => [
  ...new Set(
    tariffs
      .flatMap(({ elements }) => elements)
      .flatMap(({ priceComponents }) => priceComponents)
      .map(({ vat }) => vat),
  ),
];

/**
 * Splits the total of a CDR by VAT rate so that the parts add up to it to the last digit: by the one tax it states, by
 * the one rate of its tariff, or by the lines of our own price, which a credit, whose periods are those of what it credits, takes
 * back. Where none of these does, the whole has no known rate.
 */
export const cdrParts = (cdr: PartnerCdr, lines: readonly PriceLine[] = []): readonly CdrPart[] => {
  const [tax, ...otherTaxes] = cdr.totalCost.taxes ?? [];
  if (tax?.percentage !== undefined && otherTaxes.length === 0)
    return wholeUnder(cdr, tax.percentage);
  const [rate, ...otherRates] = ratesIn(cdr);
  if (rate !== undefined && otherRates.length === 0) return wholeUnder(cdr, rate);
  return partsOfLines(cdr, lines) ?? partsOfLines(cdr, takenBack(lines)) ?? wholeUnder(cdr, null);
};
