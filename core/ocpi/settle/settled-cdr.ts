import type { PriceLine } from '../../tariff/model/price.ts';
import { differenceOf } from '../common/decimal-text.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import { cdrParts } from './cdr-parts.ts';
import type { SettledCdr } from './settle.ts';

/** The energy of a CDR in kWh as it is settled: a credit takes its own back; some partners state it as negative themselves. */
export const settledEnergy = ({ credit, totalEnergy }: PartnerCdr): string =>
  credit === true && !totalEnergy.startsWith('-') ? differenceOf('0', totalEnergy) : totalEnergy;

/** A CDR for the settlement with a partner; `lines` are those of our price, by which a total of several VAT rates is split. */
export const settledCdr = (
  cdr: PartnerCdr,
  { partnerId, direction, month }: Pick<SettledCdr, 'partnerId' | 'direction' | 'month'>,
  lines: readonly PriceLine[],
): SettledCdr => ({
  partnerId,
  direction,
  month,
  cdrId: cdr.id,
  currency: cdr.currency,
  energyKwh: settledEnergy(cdr),
  parts: cdrParts(cdr, lines),
});
