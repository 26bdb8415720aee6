import type { PaymentMessage } from '../../outbound/delivery-message.ts';
import type { SendOutbound } from '../../outbound/send-outbound.ts';
import type { Database } from '../../store/table/client.ts';
import { advanceAttempt } from './advance-attempt.ts';
import { payingIn } from './paying-services.ts';
import { repeatLooks } from './repeat-looks.ts';

/** Looks at the attempt to pay that a message is about, in a function. */
export const lookAtPayment = async (
  database: Database,
  send: SendOutbound,
  message: PaymentMessage,
): Promise<string> => {
  const paying = payingIn(database, send);
  return await repeatLooks(
    async (attemptId) => await advanceAttempt(paying, attemptId),
    send,
    message,
  );
};
