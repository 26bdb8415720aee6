import type { Answers } from '../../../core/ocpp/answer.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { cdrIdOf } from '../../../core/session/session-id.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import type { MessageContext } from '../message-context.ts';

/**
 * The receipt of a payment that was settled for a session (`own`, where others have the id of its transaction): its CDR, whose id is known before it is made. There is none where the
 * charger has its own, nor of a payment that came to nothing.
 */
export const receiptOf = (
  { charger: { chargerKey } }: MessageContext,
  { transactionId, isSettled, hasReceipt }: EventOf<'paymentSettled'>,
  own?: string,
): Answers['paymentSettled'] =>
  transactionId === undefined || !isSettled || hasReceipt
    ? {}
    : { receiptId: cdrIdOf(own ?? sessionOfTransaction(chargerKey, transactionId)) };
