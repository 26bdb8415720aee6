import { type Figures, moneyDecimals, type TenThousandths } from '../analytics/figures.ts';
import type { PartnerCdr } from '../ocpi/model/cdr.ts';
import { cdrParts } from '../ocpi/settle/cdr-parts.ts';
import { settledEnergy } from '../ocpi/settle/settled-cdr.ts';
import type { PriceLine } from '../tariff/model/price.ts';
import { parseDecimal, roundDecimal } from '../units/decimal.ts';
import { type MilliWattHours, milliWattHours } from '../units/energy.ts';
import { duration } from '../units/instant.ts';
import type { VatSum } from './vat-sum.ts';

/** A CDR of a roaming partner for a driver of an account, as the account is billed for it. */
export type RoamingBill = {
  /** Our id of the CDR. */
  readonly cdrId: string;
  readonly cdr: PartnerCdr;
  /** IANA; UTC where nobody says where it was. */
  readonly timeZone: string;
  /** Negative in a credit. */
  readonly energy: MilliWattHours;
  /** By VAT rate; null where the partner states no VAT, and the amount without it is billed. */
  readonly parts: readonly VatSum[];
};

const rounded = (literal: string, decimals: number): bigint => {
  const decimal = parseDecimal(literal);
  return decimal === undefined ? 0n : roundDecimal(decimal, decimals);
};

const amount = (literal: string): TenThousandths =>
  rounded(literal, moneyDecimals) as TenThousandths;

/**
 * Bills a CDR of a partner by its own total; `lines` are those of our price, by which a total of several VAT rates is split. Each part is
 * rounded to 10,000ths, which no partner states more of, so that sums are those of what is shown.
 */
export const roamingBill = (
  cdrId: string,
  cdr: PartnerCdr,
  timeZone: string | undefined,
  lines: readonly PriceLine[],
): RoamingBill => ({
  cdrId,
  cdr,
  timeZone: timeZone ?? 'UTC',
  energy: milliWattHours(rounded(settledEnergy(cdr), 6)),
  parts: cdrParts(cdr, lines).map(({ vatPercent, exclVat, inclVat }) => ({
    vatPercent: inclVat === null ? null : vatPercent,
    exclVat: amount(exclVat),
    inclVat: amount(inclVat ?? exclVat),
  })),
});

const sumOfParts = (parts: readonly VatSum[], name: 'exclVat' | 'inclVat'): TenThousandths =>
  parts.reduce((sum, part) => sum + part[name], 0n) as TenThousandths;

/** The figures of a bill; a credit takes back session and energy. Partners do not say how long a session charged. */
export const billFigures = ({ cdr, energy, parts }: RoamingBill): Figures => ({
  sessions: cdr.credit === true ? -1n : 1n,
  energy,
  occupied: duration(0n),
  charging: duration(0n),
  idle: duration(0n),
  exclVat: sumOfParts(parts, 'exclVat'),
  inclVat: sumOfParts(parts, 'inclVat'),
});
