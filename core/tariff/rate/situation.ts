import type { LocalTime } from '../../units/local-time.ts';

/** Where a session is: being charged or parked, still reserved, or a reservation that nobody came for. */
export type Phase = 'session' | 'reservation' | 'expired-reservation';

/** Least and most of something measured over a period. */
export type Range = { readonly least: bigint; readonly most: bigint };

/** The facts that tariff restrictions depend on, at the start of a charging period. */
export type Situation = {
  readonly phase: Phase;
  readonly local: LocalTime;
  /** mWh since the session's start. */
  readonly energy: bigint;
  /** Milliseconds since the session's start. */
  readonly elapsed: bigint;
  /** µA summed over the phases; absent when nobody measured it. */
  readonly current?: Range;
  /** mW; absent when nobody measured it. */
  readonly power?: Range;
};
