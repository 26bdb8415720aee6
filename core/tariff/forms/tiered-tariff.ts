import type { TariffTerms } from '../model/tariff.ts';
import { pricesOf, type SimpleTariffForm, simpleTariff } from './simple-tariff.ts';

/** A price for the energy of a session up to an amount. */
export type Tier = { readonly upToKwh: string; readonly perKwh: string };

/** A simple tariff whose price per kWh depends on how much the session took; `perKwh` holds above all tiers. */
export type TieredForm = SimpleTariffForm & {
  /** Ascending in `upToKwh`; only the energy inside a tier has its price. */
  readonly tiers: readonly Tier[];
};

/** Spells a tiered tariff out: one element for each tier, then the simple one. Expects a valid form. */
export const tieredTariff = ({ tiers, ...form }: TieredForm): TariffTerms => {
  const simple = simpleTariff(form);
  const each = tiers.map(({ upToKwh, perKwh }) => ({
    priceComponents: pricesOf({ perKwh }, form.vatPercent),
    restrictions: { maxKwh: upToKwh },
  }));
  return { ...simple, elements: [...each, ...simple.elements] };
};
