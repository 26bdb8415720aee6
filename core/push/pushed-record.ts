/** A session as a third party pushed it: what is known of it, in the fields and words in which it came. */
export type PushedRecord = {
  /** ISO 8601 with an offset or `Z`. */
  readonly carConnected: string;
  /** ISO 8601 with an offset or `Z`. */
  readonly carDisconnected: string;
  /** kWh with up to 1 decimal, 0 or more. */
  readonly kiloWattHours: number;
};

/** The text of a pushed record that is kept as evidence: JSON with its three fields, their values as they came. */
export const pushedText = ({
  carConnected,
  carDisconnected,
  kiloWattHours,
}: PushedRecord): string => JSON.stringify({ carConnected, carDisconnected, kiloWattHours });
