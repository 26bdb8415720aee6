import type { PartnerConnector } from '../model/connector.ts';

const phases: Readonly<Record<string, number>> = {
  AC_1_PHASE: 1,
  AC_2_PHASE: 2,
  AC_2_PHASE_SPLIT: 2,
  AC_3_PHASE: 3,
  DC: 1,
};

/** Conductors that carry the current of a connector, by its PowerType; one for a word that nobody knows. */
export const conductorsOf = (powerType: string): number => phases[powerType.toUpperCase()] ?? 1;

/** The most power that a connector of a partner gives, W: as stated, else by voltage, current and phases. */
export const connectorPower = ({
  maxElectricPower,
  maxVoltage,
  maxAmperage,
  powerType,
}: PartnerConnector): number => {
  const watts =
    maxElectricPower === undefined
      ? Number(maxVoltage) * Number(maxAmperage) * conductorsOf(powerType)
      : Number(maxElectricPower);
  return Math.round(watts);
};
