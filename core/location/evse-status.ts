import type { ConnectorStatus } from '../charger/connector-status.ts';

/**
 * The status words of OCPI 2.2.1 that a charger's reports can tell. An EVSE serves one vehicle at a time, so that one connector in
 * use is the status of all, and one that is free makes the EVSE free: the first word that fits counts.
 */
export const evseStatuses = [
  'CHARGING',
  'BLOCKED',
  'RESERVED',
  'AVAILABLE',
  'OUTOFORDER',
  'INOPERATIVE',
  'UNKNOWN',
] as const;

/** Status of an EVSE in the words of OCPI. */
export type EvseStatus = (typeof evseStatuses)[number];

/** `BLOCKED`: the session is over and its vehicle is still there. */
const words = {
  available: 'AVAILABLE',
  preparing: 'CHARGING',
  charging: 'CHARGING',
  'suspended-by-vehicle': 'CHARGING',
  'suspended-by-charger': 'CHARGING',
  occupied: 'CHARGING',
  finishing: 'BLOCKED',
  reserved: 'RESERVED',
  unavailable: 'INOPERATIVE',
  faulted: 'OUTOFORDER',
} as const satisfies Record<ConnectorStatus, EvseStatus>;

/** The statuses that a charger reported of an EVSE, and whether it can still be heard. */
export type ReportedStatus = {
  readonly online: boolean;
  /** Of the charger as a whole (connector 0 of OCPP 1.6). */
  readonly charger?: ConnectorStatus | undefined;
  /** Of each of the EVSE's connectors. */
  readonly connectors: readonly (ConnectorStatus | undefined)[];
};

/** The status of an EVSE for partners and drivers. A charger that cannot be heard is `UNKNOWN`, whatever it said last. */
export function evseStatusOf({ online, charger, connectors }: ReportedStatus): EvseStatus {
  if (!online) return 'UNKNOWN';
  const said = connectors.map((one): EvseStatus => (one === undefined ? 'UNKNOWN' : words[one]));
  const status = evseStatuses.find((word) => said.includes(word)) ?? 'UNKNOWN';
  // A vehicle charges where the charger says so; nobody can begin at a charger that is out of service as a whole.
  const isOut = charger === 'unavailable' || charger === 'faulted';
  return isOut && status !== 'CHARGING' && status !== 'BLOCKED' ? words[charger] : status;
}
