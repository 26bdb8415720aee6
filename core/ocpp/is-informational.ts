import type { EventKind } from './event.ts';

/**
 * Whether the message of an event only informs. Everything else is stored where it counts: with its session, its connector or
 * its charger.
 */
const informational = {
  booted: false,
  heartbeat: false,
  statusReported: false,
  tokenPresented: false,
  sessionStarted: false,
  metered: false,
  sessionReported: false,
  sessionStopped: false,
  unusable: false,
  dataTransferred: true,
  diagnosticsReported: true,
  firmwareReported: true,
  securityReported: true,
  certificateRequested: true,
  informed: true,
  needsReported: true,
  scheduleReported: true,
  contractRequested: true,
  revocationAsked: true,
  scheduleAsked: true,
  streamOpened: true,
  paymentSettled: true,
  vatNumberAsked: true,
  chainStatusAsked: true,
} as const satisfies Readonly<Record<EventKind, boolean>>;

/** Says whether the message of an event only informs: then it is kept as it came, for the operator to read. */
export const isInformational = (kind: EventKind): boolean => informational[kind];
