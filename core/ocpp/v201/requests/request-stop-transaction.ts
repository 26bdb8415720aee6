import type { CommandOf } from '../../../command/command-request.ts';
import type { RequestStopTransactionRequest } from '../../generated/v201/request-stop-transaction-request.js';
import type { RequestStopTransactionResponse } from '../../generated/v201/request-stop-transaction-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** RequestStopTransaction (OCPP 2.0.1 part 2 section 1.46). */
export const requestStopTransaction = message<
  CommandOf<'stop'>,
  RequestStopTransactionRequest,
  RequestStopTransactionResponse
>(
  ({ transactionId }) => ({ transactionId }),
  (answer) => statusOutcome(answer),
);
