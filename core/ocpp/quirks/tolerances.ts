import type { Coercion, Flag, Repair, Tolerance } from './quirk.ts';

/** Tolerances that make a message readable, and flags that only name a deviation. */
export type Tolerances = {
  /** In the order in which they are tried; a later one may rely on an earlier one. */
  readonly repairs: readonly Repair[];
  /** The first that fits is used. */
  readonly coercions: readonly Coercion[];
  readonly toleratedViolations: readonly Tolerance[];
  readonly flags: readonly Flag[];
};

/** The tolerances of one version for an action. */
export type TolerancesOf = (action: string) => Tolerances;
