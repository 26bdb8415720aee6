import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateGetCompositeScheduleRequest } from '../../generated/v16/get-composite-schedule-request.js';
import { validateGetCompositeScheduleResponse } from '../../generated/v16/get-composite-schedule-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { connectorNumbered } from '../connector-numbered.ts';
import { toChargingSchedule } from './charging-schedule.ts';
import { connectorNumber } from './connector-number.ts';
import { exchange } from './exchange.ts';

/** GetCompositeSchedule of OCPP 1.6, sections 6.19 and 6.20. */
export const getCompositeSchedule = exchange(
  'GetCompositeSchedule',
  validateGetCompositeScheduleRequest,
  validateGetCompositeScheduleResponse,
  ({ connector, durationSeconds, unit }: CommandOf<'composite-schedule'>) => {
    const connectorId = connectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    return omitUndefined({ connectorId, duration: durationSeconds, chargingRateUnit: unit });
  },
  ({ status, connectorId, scheduleStart, chargingSchedule }) =>
    statusOutcome(
      { status },
      omitUndefined({
        kind: 'composite-schedule',
        connector: connectorId === undefined ? undefined : connectorNumbered(connectorId),
        startsAt: scheduleStart,
        schedule: chargingSchedule === undefined ? undefined : toChargingSchedule(chargingSchedule),
      } as const),
    ),
);
