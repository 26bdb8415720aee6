import type { Codec } from '../codec/codec.ts';
import { optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { decimal } from '../codec/scalars.ts';
import type { PartnerPriceLimit } from '../model/tariff.ts';

const limitOf = (
  excl: readonly [string, string],
  incl: readonly [string, string],
): Codec<PartnerPriceLimit> =>
  record<PartnerPriceLimit>({
    exclVat: required(excl, decimal()),
    inclVat: optional(incl, decimal()),
  });

/** Price of 2.2.1 as a limit; the spelling of 2.3.0 is read too. */
export const priceLimit221 = limitOf(['excl_vat', 'before_taxes'], ['incl_vat', 'after_taxes']);

/** PriceLimit of 2.3.0; the spelling of 2.2.1 is read too. */
export const priceLimit230 = limitOf(['before_taxes', 'excl_vat'], ['after_taxes', 'incl_vat']);
