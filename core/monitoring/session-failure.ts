import type { CdrContent } from '../cdr/model/cdr.ts';
import type { AnomalyCode } from '../metering/model/anomaly-codes.ts';
import { decimalOf } from '../units/decimal.ts';

/** How a session failed: it gave no energy, a fault ended it, or its charger never ended it. */
export const sessionFailures = ['no-energy', 'stopped-by-fault', 'never-stopped'] as const;

/** One of them. */
export type SessionFailure = (typeof sessionFailures)[number];

/** No operator may call a session failed that gave more, kWh. */
export const mostFailedKwh = 1;

/** The reasons of a stop that are faults, in OCPP 1.6, 2.0.1 and 2.1. */
const faults: readonly string[] = [
  'EmergencyStop',
  'GroundFault',
  'HardReset',
  'ImmediateReset',
  'OvercurrentFault',
  'PowerLoss',
  'PowerQuality',
  'Reboot',
];

const neverStopped: readonly AnomalyCode[] = [
  'SESSION_SUPERSEDED',
  'SESSION_ABANDONED',
  'STOP_MISSING',
  'ENDED_BY_OPERATOR',
];

const isNeverStopped = ({ anomalies }: CdrContent): boolean =>
  anomalies.some(({ code }) => neverStopped.some((one) => one === code));

/**
 * How a session failed, by its CDR; undefined where it did not. `noEnergyKwh` is the energy up to which it counts as none, a decimal.
 * That no energy flowed comes first, as it is what its driver noticed.
 */
export function failureOf(cdr: CdrContent, noEnergyKwh: string): SessionFailure | undefined {
  const energy = decimalOf(String(cdr.energyKwh), 6);
  if (energy <= decimalOf(noEnergyKwh, 6)) return 'no-energy';
  if (isNeverStopped(cdr)) return 'never-stopped';
  const { reason } = cdr.evidence.session.stop ?? {};
  return reason !== undefined && faults.includes(reason) ? 'stopped-by-fault' : undefined;
}
