import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { StopTransactionRequest } from '../generated/v16/stop-transaction-request.js';
import type { StopTransactionResponse } from '../generated/v16/stop-transaction-response.js';
import { timestampOf } from '../timestamp-of.ts';
import { idTagInfo } from './authorize.ts';
import { readTransactionId } from './read-transaction-id.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads StopTransaction.req (OCPP 1.6 section 6.49), all but transactionData (see toReadings). */
export const toSessionStopped = (wire: Tolerated<StopTransactionRequest>, raw: string): OcppEvent =>
  omitUndefined({
    kind: 'sessionStopped',
    transactionId: readTransactionId(wire.transactionId),
    tokenId: wire.idTag || undefined,
    meterStop: wire.meterStop,
    timestamp: timestampOf(wire.timestamp),
    reason: wire.reason ?? 'Local',
    raw,
  } as const);

/** Writes StopTransaction.conf (OCPP 1.6 section 6.50). */
export const stopTransactionResponse = ({
  authorization,
}: Answers['sessionStopped']): StopTransactionResponse =>
  authorization === undefined ? {} : { idTagInfo: idTagInfo(authorization) };
