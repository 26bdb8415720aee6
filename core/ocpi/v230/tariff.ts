import { optional, requiredOr } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { energyMix230 } from '../common/energy-mix.ts';
import { priceLimit230 } from '../common/price-limit.ts';
import type { PartnerTariff } from '../model/tariff.ts';
import { tariffMembers221 } from '../v221/tariff.ts';

const taxIncluded = requiredOr('tax_included', word(words('YES NO N/A')), 'NO');

/** Tariff of 2.3.0, which says whether its prices include tax; one that does not say so is read as without. */
export const tariff230 = record<PartnerTariff>({
  ...tariffMembers221,
  taxIncluded: {
    ...taxIncluded,
    read: (parent, context) => taxIncluded.read(parent, context) ?? 'NO',
  },
  minPrice: optional('min_price', priceLimit230),
  maxPrice: optional('max_price', priceLimit230),
  energyMix: optional('energy_mix', energyMix230),
});

/** Translates a tariff into 2.3.0 and back. */
export const { to: toTariff230, from: fromTariff230 } = pairOf(tariff230);
