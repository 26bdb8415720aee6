import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { StartTransactionRequest } from '../generated/v16/start-transaction-request.js';
import type { StartTransactionResponse } from '../generated/v16/start-transaction-response.js';
import { storableNumber } from '../storable-number.ts';
import { timestampOf } from '../timestamp-of.ts';
import { idTagInfo } from './authorize.ts';
import { connectorNumbered } from './connector-numbered.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads StartTransaction.req (OCPP 1.6 section 6.45). */
export const toSessionStarted = (
  wire: Tolerated<StartTransactionRequest>,
  raw: string,
): OcppEvent =>
  omitUndefined({
    kind: 'sessionStarted',
    ...connectorNumbered(wire.connectorId),
    tokenId: wire.idTag,
    meterStart: wire.meterStart,
    timestamp: timestampOf(wire.timestamp),
    reservationId: storableNumber(wire.reservationId),
    raw,
  } as const);

/** Writes StartTransaction.conf (OCPP 1.6 section 6.46). */
export const startTransactionResponse = (
  answer: Answers['sessionStarted'],
): StartTransactionResponse => ({
  transactionId: Number(answer.transactionId),
  idTagInfo: idTagInfo(answer.authorization ?? { status: 'Invalid' }),
});
