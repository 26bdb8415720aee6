/** The tariffs that a session may have by where it takes place, each as far as there is one. */
export type TariffsAround = {
  readonly connector?: string | undefined;
  readonly charger?: string | undefined;
  readonly location?: string | undefined;
  readonly operator?: string | undefined;
};

/** The tariff of a session: that of its connector, else of its charger, its location or its operator. The nearest wins. */
export const nearestTariff = ({
  connector,
  charger,
  location,
  operator,
}: TariffsAround): string | undefined => connector ?? charger ?? location ?? operator;
