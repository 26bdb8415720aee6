import type { CommandOf } from '../../../command/command-request.ts';
import type { GetBaseReportRequest } from '../../generated/v201/get-base-report-request.js';
import type { GetBaseReportResponse } from '../../generated/v201/get-base-report-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** GetBaseReport (OCPP 2.0.1 part 2 section 1.22) for all settings: their values follow in reports. */
export const wholeInventory = message<
  CommandOf<'get-configuration'>,
  GetBaseReportRequest,
  GetBaseReportResponse
>(
  (_request, number) => ({ requestId: number, reportBase: 'ConfigurationInventory' }),
  (answer) => statusOutcome(answer),
);
