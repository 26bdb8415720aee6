import { type AnomalyCode, anomalyMeaning } from '../model/anomaly-codes.ts';
import {
  countRegisterEnergy,
  type RegisterPoint,
  type RegisterRules,
} from '../register/count-register-energy.ts';

/** The energy that a register shows for itself, in mWh, and whether all of it can be true. */
export const riseOf = (points: readonly RegisterPoint[], rules: RegisterRules) => {
  const noted = new Set<AnomalyCode>();
  const { steps } = countRegisterEnergy(points, { ...rules, closed: false }, (code) =>
    noted.add(code),
  );
  const isClean = [...noted].every((code) => anomalyMeaning(code).severity !== 'error');
  return { energy: steps.at(-1)?.energy ?? 0n, isClean };
};
