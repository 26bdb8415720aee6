import type { Anomaly } from '../metering/model/anomaly.ts';
import type { AnomalyCode } from '../metering/model/anomaly-codes.ts';

/** From which severity on anomalies of readings are listed. */
export const readingSeverities = ['warning', 'error'] as const;

/** One of them. */
export type ReadingSeverity = (typeof readingSeverities)[number];

/** The anomalies that say something of a meter or its readings, and not of a message, a token or a tariff. */
const ofReadings: readonly AnomalyCode[] = [
  'VALUE_UNPARSEABLE',
  'NO_VALUE',
  'VALUE_IGNORED',
  'UNIT_MISMATCH',
  'UNIT_UNKNOWN',
  'UNIT_KWH_AS_WH',
  'UNIT_WH_AS_KWH',
  'DUP_CONFLICT',
  'REG_DROPOUT',
  'REG_SPIKE',
  'REG_RESET',
  'REG_DECREASE',
  'REG_JUMP',
  'REG_CONTINUITY_GAP',
  'REG_START_CONTRADICTED',
  'METER_ENDS_DISAGREE',
  'METER_ENDS_MISSING',
  'ENERGY_CONTRADICTED',
  'ENERGY_EXCEEDS_PHYSICAL',
  'INTERVAL_INCOMPLETE',
  'POWER_ONLY',
  'POWER_ENERGY_MISMATCH',
  'SIGNED_MISMATCH',
  'SIGNED_INVALID',
  'SIGNED_METER_FAULT',
  'NO_METER_DATA',
];

/** The anomalies of a session's readings, of a severity or a worse one. */
export const abnormalReadings = (
  anomalies: readonly Anomaly[],
  from: ReadingSeverity,
): readonly Anomaly[] =>
  anomalies.filter(
    ({ code, severity }) =>
      (severity === 'error' || severity === from) && ofReadings.some((one) => one === code),
  );
