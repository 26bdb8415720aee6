import type { OcppEvent } from '../event.ts';

/** Reads a message that only informs: what it says stays in its text. */
export const toInformed = (_wire: unknown, raw: string): readonly OcppEvent[] => [
  { kind: 'informed', raw },
];

/** Reads NotifyEVChargingNeedsRequest: how much the vehicle wants, and by when (OCPP 2.0.1 use case K15). */
export const toNeedsReported = (_wire: unknown, raw: string): readonly OcppEvent[] => [
  { kind: 'needsReported', raw },
];

/** Reads NotifyEVChargingScheduleRequest: how the vehicle will charge (OCPP 2.0.1 use case K15). */
export const toScheduleReported = (_wire: unknown, raw: string): readonly OcppEvent[] => [
  { kind: 'scheduleReported', raw },
];

/** Reads Get15118EVCertificateRequest: a vehicle wants a contract certificate (OCPP 2.0.1 use cases M01 and M02). */
export const toContractRequested = (_wire: unknown, raw: string): readonly OcppEvent[] => [
  { kind: 'contractRequested', raw },
];

/** Reads GetCertificateStatusRequest: whether a certificate was revoked (OCPP 2.0.1 use case M06). */
export const toRevocationAsked = (_wire: unknown, raw: string): readonly OcppEvent[] => [
  { kind: 'revocationAsked', raw },
];
