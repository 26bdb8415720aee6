import type { ActivityKind } from '../../metering/model/metered.ts';
import type { Instant } from '../../units/instant.ts';
import type { Situation } from './situation.ts';

/** A span of a session in which no price can change, and what was taken in it (OCPI ChargingPeriod). */
export type ChargePeriod = {
  readonly from: Instant;
  readonly to: Instant;
  readonly activity: ActivityKind;
  /** The situation at `from`, which decides the prices of the whole period. */
  readonly situation: Situation;
  /** mWh of energy; milliseconds of charging (or of being reserved) and of parking. Absent: none was taken. */
  readonly volumes: {
    readonly ENERGY?: bigint;
    readonly TIME?: bigint;
    readonly PARKING_TIME?: bigint;
  };
  /** True for idle time that the tariff's grace or cap makes free. */
  readonly idleIsFree: boolean;
};
