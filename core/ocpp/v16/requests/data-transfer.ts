import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateDataTransferRequest } from '../../generated/v16/data-transfer-request.js';
import { validateDataTransferResponse } from '../../generated/v16/data-transfer-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** DataTransfer of OCPP 1.6 to a charger, sections 6.17 and 6.18. */
export const dataTransfer = exchange(
  'DataTransfer',
  validateDataTransferRequest,
  validateDataTransferResponse,
  ({ vendorId, messageId, data }: CommandOf<'data-transfer'>) =>
    omitUndefined({ vendorId, messageId, data }),
  ({ status, data }) =>
    statusOutcome({ status }, data === undefined ? undefined : { kind: 'vendor-data', data }),
);
