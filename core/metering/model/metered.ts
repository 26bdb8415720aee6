import type { MilliWattHours } from '../../units/energy.ts';
import type { Instant } from '../../units/instant.ts';
import type { MilliWatts } from '../../units/power.ts';
import type { Anomaly } from './anomaly.ts';

/**
 * Where the billed energy comes from, best first (metering order of authority); `stated`: a third party pushed it with its
 * session; `decided`: an operator set it.
 */
export type MeteringQuality =
  | 'signed'
  | 'register'
  | 'interval'
  | 'power'
  | 'none'
  | 'stated'
  | 'decided';

/** Trusted energy at one point in time, counted from the start of the session. */
export type EnergyPoint = { readonly at: Instant; readonly energy: MilliWattHours };

/**
 * The use of a span of a session: the vehicle charges or could, it wants nothing, or the connector serves nobody since no
 * vehicle is there any more or the charger is out of order.
 */
export type ActivityKind = 'charging' | 'idle' | 'unused';

/** The vehicle's activity from `from` until the next one begins. */
export type Activity = { readonly from: Instant; readonly kind: ActivityKind };

/** The meter at one end of the session: the register as the charger gave it, and its signed record where there is one. */
export type MeterEnd = {
  readonly register: MilliWattHours;
  readonly at: Instant;
  readonly signed?: string;
};

/** An energy that a session can have had, by one kind of evidence alone. */
export type EnergyCandidate = {
  readonly by:
    | 'signed-values'
    | 'unverified-signed-values'
    | 'register-ends'
    | 'readings'
    | 'rises'
    | 'intervals'
    | 'power'
    | 'receipts'
    | 'other-register'
    | 'register-in-kwh'
    | 'register-in-thousandths'
    | 'since-previous-session'
    | 'stated';
  readonly energy: MilliWattHours;
  /** One sentence: what shows this energy. */
  readonly reason: string;
};

/** The measurement of a session. The same readings in any order, number or chunking: the same bytes. */
export type Metered = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly energy: MilliWattHours;
  readonly quality: MeteringQuality;
  /** True when an anomaly of severity `error` forbids to bill without a decision. */
  readonly hold: boolean;
  readonly anomalies: readonly Anomaly[];
  /** Cumulative energy, ascending in time, first point at `startedAt` with 0, last at `endedAt` with `energy`. */
  readonly series: readonly EnergyPoint[];
  /** Charging and idle times, ascending, the first at `startedAt`. */
  readonly activities: readonly Activity[];
  readonly meterStart?: MeterEnd;
  readonly meterStop?: MeterEnd;
  /** Energy by each kind of evidence, best first; absent while the session is active. */
  readonly candidates?: readonly EnergyCandidate[];
  /** The latest measured power, when any was reported. */
  readonly power?: MilliWatts;
  /** The latest state of charge in percent, as the charger wrote it. */
  readonly stateOfCharge?: string;
};
