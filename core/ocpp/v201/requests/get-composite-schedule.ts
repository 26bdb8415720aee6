import type { ChargingSchedule } from '../../../command/charging-profile.ts';
import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { GetCompositeScheduleRequest } from '../../generated/v201/get-composite-schedule-request.js';
import type {
  CompositeScheduleType,
  GetCompositeScheduleResponse,
} from '../../generated/v201/get-composite-schedule-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message, type Tolerated } from './message.ts';

const toSchedule = (wire: Tolerated<CompositeScheduleType>): ChargingSchedule => ({
  unit: wire.chargingRateUnit === 'A' ? 'A' : 'W',
  startsAt: wire.scheduleStart,
  durationSeconds: wire.duration,
  periods: wire.chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) =>
    omitUndefined({ startSeconds: startPeriod, limit, phases: numberPhases }),
  ),
});

/** GetCompositeSchedule (OCPP 2.0.1 part 2 section 1.25), of an EVSE; 0 is the whole charger. */
export const getCompositeSchedule = message<
  CommandOf<'composite-schedule'>,
  GetCompositeScheduleRequest,
  GetCompositeScheduleResponse
>(
  ({ connector: { evseId }, durationSeconds, unit }) =>
    omitUndefined({ evseId, duration: durationSeconds, chargingRateUnit: unit }),
  ({ status, schedule }) =>
    statusOutcome(
      { status },
      schedule === undefined
        ? undefined
        : {
            kind: 'composite-schedule',
            connector: { evseId: schedule.evseId, connectorId: 0 },
            startsAt: schedule.scheduleStart,
            schedule: toSchedule(schedule),
          },
    ),
);
