import type { ChargingSchedule } from '../../../command/charging-profile.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { GetCompositeScheduleResponse } from '../../generated/v16/get-composite-schedule-response.js';
import type { Tolerated } from '../tolerated.ts';

type Wire = NonNullable<GetCompositeScheduleResponse['chargingSchedule']>;

/** Writes ChargingSchedule (OCPP 1.6 section 7.13). */
export const chargingSchedule = (schedule: ChargingSchedule): Wire =>
  omitUndefined({
    duration: schedule.durationSeconds,
    startSchedule: schedule.startsAt,
    chargingRateUnit: schedule.unit,
    chargingSchedulePeriod: schedule.periods.map(({ startSeconds, limit, phases }) =>
      omitUndefined({ startPeriod: startSeconds, limit, numberPhases: phases }),
    ),
    minChargingRate: schedule.minimum,
  });

/** Reads ChargingSchedule; the schema allows no other unit. */
export const toChargingSchedule = (wire: Tolerated<Wire>): ChargingSchedule =>
  omitUndefined({
    unit: wire.chargingRateUnit === 'A' ? 'A' : 'W',
    startsAt: wire.startSchedule,
    durationSeconds: wire.duration,
    minimum: wire.minChargingRate,
    periods: wire.chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) =>
      omitUndefined({ startSeconds: startPeriod, limit, phases: numberPhases }),
    ),
  } as const);
