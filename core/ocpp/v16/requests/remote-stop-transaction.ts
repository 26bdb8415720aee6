import type { CommandOf } from '../../../command/command-request.ts';
import { validateRemoteStopTransactionRequest } from '../../generated/v16/remote-stop-transaction-request.js';
import { validateRemoteStopTransactionResponse } from '../../generated/v16/remote-stop-transaction-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';
import { transactionNumber } from './transaction-number.ts';

/** RemoteStopTransaction of OCPP 1.6, sections 6.35 and 6.36. */
export const remoteStopTransaction = exchange(
  'RemoteStopTransaction',
  validateRemoteStopTransactionRequest,
  validateRemoteStopTransactionResponse,
  ({ transactionId: id }: CommandOf<'stop'>) => {
    const transactionId = transactionNumber(id);
    return typeof transactionId === 'object' ? transactionId : { transactionId };
  },
  (answer) => statusOutcome(answer),
);
