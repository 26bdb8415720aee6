/** The places that may have a tariff, the nearest first. */
export const tariffPlaces = ['connector', 'charger', 'location', 'operator'] as const;

/** One of these places. */
export type TariffPlace = (typeof tariffPlaces)[number];

/** The tariffs that a session may have by where it takes place, each as far as there is one. */
export type TariffsAround = { readonly [place in TariffPlace]?: string | undefined };

/** The tariff that applies to sessions at a connector, and the place that it is of. */
export type ApplicableTariff = { readonly tariffId: string; readonly of: TariffPlace };

/** The tariff of a session: that of its connector, else of its charger, its location or its operator. The nearest wins. */
export function applicableTariff(around: TariffsAround): ApplicableTariff | undefined {
  for (const of of tariffPlaces) {
    const tariffId = around[of];
    if (tariffId !== undefined) return { tariffId, of };
  }
  return undefined;
}
