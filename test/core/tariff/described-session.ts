import type { Metered } from '../../../core/metering/model/metered.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import type { Instant } from '../../../core/units/instant.ts';
import { parseInstant } from '../../../core/units/parse-instant.ts';

/** A metered session as test data describe it: times in ISO 8601, energy in kWh since the start. */
export type DescribedSession = {
  readonly timeZone: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly series: readonly (readonly [string, string])[];
  readonly activities: readonly (readonly [string, 'charging' | 'idle'])[];
};

/** The instant of a timestamp; throws on one that cannot be read. */
export const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed.kind !== 'instant') throw new Error(`${text}: ${parsed.kind}`);
  return parsed.at;
};

/** A described session as metering would give it. */
export const meteredOf = (session: DescribedSession): Metered => {
  const series = session.series.map(([time, kwh]) => ({
    at: at(time),
    energy: milliWattHours(decimalOf(kwh, 6)),
  }));
  return {
    startedAt: at(session.startedAt),
    endedAt: at(session.endedAt),
    energy: series.at(-1)?.energy ?? milliWattHours(0n),
    quality: 'register',
    hold: false,
    anomalies: [],
    series,
    activities: session.activities.map(([from, kind]) => ({ from: at(from), kind })),
  };
};
