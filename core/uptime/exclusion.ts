/** Why an outage is not the operator's: the causes that 23 CFR 680.116(b) names, and what else a contract may name. */
export const exclusionCauses = [
  'utility-outage',
  'vehicle-fault',
  'scheduled-maintenance',
  'vandalism',
  'natural-disaster',
  'other',
] as const;

/** One of the causes. */
export type ExclusionCause = (typeof exclusionCauses)[number];

/** A time that the operator declares of a charger; definitions say which causes they exclude. */
export type Exclusion = {
  /** ISO 8601 in UTC; the end is no part of it. */
  readonly from: string;
  readonly to: string;
  readonly cause: ExclusionCause;
  /** The one EVSE that it is about; all of the charger where it is absent. */
  readonly evseId?: number;
  readonly note?: string;
};
