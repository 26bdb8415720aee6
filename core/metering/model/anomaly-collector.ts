import type { AnomalyCode } from './anomaly-codes.ts';

/** Takes note of an anomaly about a point in time; of several with one code the earliest stays. */
export type RecordAnomaly = (code: AnomalyCode, at: bigint) => void;

/** The points in time at which each anomaly was first noted. */
export type Noted = Map<AnomalyCode, bigint>;

/** Makes a recordAnomaly that writes into `noted`. */
export const anomalyRecorder =
  (noted: Noted): RecordAnomaly =>
  (code, at) => {
    const known = noted.get(code);
    if (known === undefined || at < known) noted.set(code, at);
  };
