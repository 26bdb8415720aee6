import { type SimpleTariffForm, simpleTariff } from './simple-tariff.ts';
import type { TariffElement, TariffTerms } from './tariff.ts';

/** A price for the energy of a session up to an amount. */
type Tier = { readonly upToKwh: string; readonly perKwh: string };

/** A simple tariff whose price per kWh depends on how much the session took; `perKwh` holds above all tiers. */
export type TieredForm = SimpleTariffForm & {
  readonly perKwh: string;
  /** Ascending in `upToKwh`; only the energy inside a tier has its price. */
  readonly tiers: readonly Tier[];
};

const elementOf = (tier: Tier, vatPercent: string | undefined): TariffElement => ({
  priceComponents: [
    {
      type: 'ENERGY',
      price: tier.perKwh,
      ...(vatPercent === undefined ? {} : { vat: vatPercent }),
      stepSize: 0,
    },
  ],
  restrictions: { maxKwh: tier.upToKwh },
});

/** Spells a tiered tariff out: one element for each tier, then the simple one. Validate the result. */
export const tieredTariff = ({ tiers, ...form }: TieredForm): TariffTerms => {
  const simple = simpleTariff(form);
  const each = tiers.map((tier) => elementOf(tier, form.vatPercent));
  return { ...simple, elements: [...each, ...simple.elements] };
};
