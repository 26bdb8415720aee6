import { measure } from '../../../core/metering/measure.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import type { MeterReading, SampledValue } from '../../../core/metering/model/reading.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { at } from './by-minute.ts';

/** A minute and a register in Wh at it, or whatever else the fields say. */
export type Taken = readonly [minutes: number, value: string, fields?: Partial<SampledValue>];

/** A time as chargers write it. */
export const iso = (minutes: number): string => new Date(Number(at(minutes))).toISOString();

/** Readings of one value each, taken and received at their minute. */
export const readings = (...taken: readonly Taken[]): readonly MeterReading[] =>
  taken.map(([minutes, value, fields]) => ({
    timestamp: iso(minutes),
    receivedAt: Number(at(minutes)),
    offline: false,
    sampledValues: [
      {
        value,
        context: 'Sample.Periodic',
        measurand: 'Energy.Active.Import.Register',
        location: 'Outlet',
        multiplier: 0,
        format: 'raw',
        ...fields,
      },
    ],
  }));

/** A start or stop message of a minute. */
export const endAt = (minutes: number, registerWh?: number) => ({
  timestamp: iso(minutes),
  receivedAt: Number(at(minutes)),
  ...(registerWh !== undefined && { registerWh }),
});

/** Result of the readings of a session without states. */
export const measured = (facts: MeteringFacts, ...taken: readonly Taken[]): Metered =>
  measure(pointsOf(readings(...taken)), facts, []);

/** The codes of the anomalies. */
export const codes = ({ anomalies }: Metered): readonly string[] =>
  anomalies.map(({ code }) => code);
