import type { Anomaly } from '../metering/model/anomaly.ts';

/** How often one anomaly code is recorded for a session: more add no information, and an item holds 400 KB. */
const mostOfEach = 8;

/** The first anomalies of each code: what a session keeps of them, however often a charger does the same. */
export const limitPerCode = (anomalies: readonly Anomaly[]): readonly Anomaly[] => {
  const told = new Map<string, number>();
  return anomalies.filter(({ code }) => {
    const times = (told.get(code) ?? 0) + 1;
    told.set(code, times);
    return times <= mostOfEach;
  });
};
