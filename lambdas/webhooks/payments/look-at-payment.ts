import type { PaymentMessage } from '../../outbound/delivery-message.ts';
import type { SendOutbound } from '../../outbound/send-outbound.ts';
import { logger } from '../../runtime/logger.ts';
import type { Database } from '../../store/table/client.ts';
import { advanceAttempt, type Paying } from './advance-attempt.ts';
import { payingIn } from './paying-services.ts';

/** Seconds until an attempt is looked at again whose provider could not be asked. */
const afterTrouble = 60;

/** Looks at an attempt; gives the seconds until the next look, undefined where none is needed. */
async function look(paying: Paying, attemptId: string): Promise<number | undefined> {
  try {
    return await advanceAttempt(paying, attemptId);
  } catch (error) {
    logger.error('An attempt to pay could not be looked at', { error, attemptId });
    return afterTrouble;
  }
}

/**
 * Looks at an attempt to pay, and has it looked at again for as long as something may happen to it: so nothing depends on the events of
 * its provider. They, and CDRs, only make a look come sooner, and begin no further row of looks.
 */
export async function lookAtPayment(
  database: Database,
  send: SendOutbound,
  message: PaymentMessage,
): Promise<string> {
  if (message.waitSeconds > 0) {
    await send([message]);
    return 'waits';
  }
  const seconds = await look(payingIn(database), message.attemptId);
  if (message.isHint) return 'looked';
  if (seconds === undefined) return 'finished';
  await send([{ ...message, waitSeconds: seconds }]);
  return 'goes-on';
}
