import type { Codec } from '../codec/codec.ts';
import { every, lacking, type Member, many, ofOwner, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { energyMix211 } from '../common/energy-mix.ts';
import { taxFreePrices, untaxedTariff } from '../common/tax-included.ts';
import { displayText } from '../common/texts.ts';
import type { PartnerPriceComponent, PartnerRestrictions, PartnerTariff } from '../model/tariff.ts';
import { componentMembers221, restrictionMembers221, tariffElementOf } from '../v221/tariff.ts';

const restrictions = record<PartnerRestrictions>({
  ...restrictionMembers221,
  minCurrent: lacking(),
  maxCurrent: lacking(),
  reservation: lacking(),
});

const component = record<PartnerPriceComponent>({ ...componentMembers221, vat: lacking() });

/** A date that partners add, but no field of this version: read and never written. */
const unofficial = (names: readonly [string, string]): Member<string | undefined, unknown> => ({
  ...optional(names, dateTime),
  write: () => true,
});

const tariffRecord211 = record<PartnerTariff>({
  countryCode: ofOwner('countryCode'),
  partyId: ofOwner('partyId'),
  id: required('id', id(36)),
  currency: required('currency', id(3)),
  type: lacking(),
  altTexts: many('tariff_alt_text', displayText),
  altUrl: optional('tariff_alt_url', id(255)),
  minPrice: lacking(),
  maxPrice: lacking(),
  elements: every('elements', tariffElementOf(component, restrictions)),
  taxIncluded: lacking('NO'),
  validFrom: unofficial(['start_date_time', 'start_datetime']),
  validUntil: unofficial(['end_date_time', 'end_datetime']),
  energyMix: optional('energy_mix', energyMix211),
  lastUpdated: required('last_updated', dateTime),
});

const unrestricted: PartnerRestrictions = { dayOfWeek: [] };

/** The reason why a tariff cannot be sent in 2.1.1: drivers would be shown prices that they do not pay. */
const otherPrices = (tariff: PartnerTariff): string | undefined => {
  if (tariff.minPrice !== undefined || tariff.maxPrice !== undefined) {
    return 'The tariff has a least or greatest price, for which this version has no field.';
  }
  const isRestricted = tariff.elements.some(
    ({ restrictions: { minCurrent, maxCurrent, reservation } = unrestricted }) =>
      minCurrent !== undefined || maxCurrent !== undefined || reservation !== undefined,
  );
  return isRestricted
    ? 'The tariff depends on the current or on a reservation, for which this version has no field.'
    : taxFreePrices(tariff);
};

/** Tariff of 2.1.1: prices without VAT. One that would give other prices is not said. */
export const tariff211: Codec<PartnerTariff> = {
  read: tariffRecord211.read,
  write: (tariff, context) =>
    otherPrices(tariff) === undefined
      ? tariffRecord211.write(untaxedTariff(tariff), context)
      : undefined,
};

/** Translates a tariff into 2.1.1 and back; faithfully, or not at all. */
export const { to: toTariff211, from: fromTariff211 } = pairOf(tariff211, otherPrices);
