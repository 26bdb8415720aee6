import type { Anomaly } from './anomaly.ts';

const keyOf = (anomaly: Anomaly): string =>
  `${anomaly.code}\n${anomaly.ref ?? ''}\n${anomaly.message}`;

/** Puts anomalies into their one order, each once, so that the order of arrival leaves no trace. */
export const sortAnomalies = (anomalies: readonly Anomaly[]): readonly Anomaly[] => {
  const byKey = new Map(anomalies.map((anomaly) => [keyOf(anomaly), anomaly]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, anomaly]) => anomaly);
};

/** True when an anomaly forbids to bill without a decision of the operator. */
export const holds = (anomalies: readonly Anomaly[]): boolean =>
  anomalies.some(({ severity }) => severity === 'error');
