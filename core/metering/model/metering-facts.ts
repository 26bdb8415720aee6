import type { MilliWattHours } from '../../units/energy.ts';
import type { Instant } from '../../units/instant.ts';
import type { MilliWatts } from '../../units/power.ts';
import type { MeterEnd } from './metered.ts';

/** One end of a session as its own message states it. */
export type SessionEnd = {
  /** The charger's clock, as sent. */
  readonly timestamp: string;
  /** Our clock, epoch milliseconds. */
  readonly receivedAt: number;
  /** `meterStart` or `meterStop` in Wh, where the charger gave one. */
  readonly registerWh?: number;
};

/** The facts about a session apart from its readings. */
export type MeteringFacts = {
  readonly start?: SessionEnd;
  readonly stop?: SessionEnd;
  /** The lowest and the highest register of all stops in Wh, where several different ones came. */
  readonly stopRegisters?: { readonly lowest: number; readonly highest: number };
  /** When the charger was registered with us, where its session is dated before that and nobody said when it was commissioned. */
  readonly registeredAt?: Instant;
  /** When the charger was commissioned, as its operator says, where its session is dated before that. */
  readonly commissionedAt?: Instant;
  /** When the charger had last booted as the session's start was received, where the session is dated before that. */
  readonly bootedAt?: Instant;
  /** When the charger was connected and would have sent the session's start at once, where that is dated before and came later. */
  readonly connectedAt?: Instant;
  /** The charger's IANA time zone, in which times without one are read; UTC unless stated. */
  readonly timeZone?: string;
  /** Registered maximum power in W; without one nothing is checked against what the charger can deliver. */
  readonly maxPowerW?: number;
  /** Mean power of the previous session on this connector, where it was billed and nothing is registered. */
  readonly previousPower?: MilliWatts;
  /** Where the register runs over, in Wh; 10^9 and 2^32 unless stated. */
  readonly rolloverWh?: readonly bigint[];
  /** The register at the end of the previous session on this connector, for the continuity audit. */
  readonly previousRegister?: MilliWattHours;
  /** The register at its start, where this session begins below that, or with an unknown register. */
  readonly previousStart?: MilliWattHours;
  /** When that session ended, where this one is dated before that. */
  readonly previousEndedAt?: Instant;
  /** Start and stop of the meter's own signed record, once its signatures were verified. */
  readonly verified?: { readonly start: MeterEnd; readonly stop: MeterEnd };
};
