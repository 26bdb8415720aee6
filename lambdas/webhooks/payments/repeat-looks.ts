import type { PaymentMessage } from '../../outbound/delivery-message.ts';
import type { SendOutbound } from '../../outbound/send-outbound.ts';
import { logger } from '../../runtime/logger.ts';

/** Looks at an attempt; gives the seconds until the next look, undefined where none is needed. */
type Look = (attemptId: string) => Promise<number | undefined>;

const minute = 60;
const longestWait = 6 * 3_600;

/** Looks in a row that failed before nobody looks again: ten days, after which no hold is left. */
const mostTroubles = 48;

/** Seconds until an attempt is looked at again whose provider could not be asked, or refused, so many times in a row. */
const afterTroubles = (count: number): number => Math.min(longestWait, minute * 2 ** (count - 1));

/** Has an attempt looked at again that could not be looked at now, a hint as well: what it is about may be the last that is to be done. */
async function again(
  send: SendOutbound,
  message: PaymentMessage,
  error: unknown,
): Promise<'failed' | 'given-up'> {
  const { attemptId } = message;
  const troubles = message.troubles + 1;
  logger.error('An attempt to pay could not be looked at', { error, attemptId, troubles });
  if (troubles > mostTroubles) return 'given-up';
  await send([{ ...message, troubles, waitSeconds: afterTroubles(troubles) }]);
  return 'failed';
}

/**
 * Looks at an attempt to pay, and has it looked at again for as long as something may happen to it: so nothing depends on the events of
 * its provider. They, and CDRs, only make a look come sooner, and begin no further row of looks.
 */
export async function repeatLooks(
  look: Look,
  send: SendOutbound,
  message: PaymentMessage,
): Promise<string> {
  if (message.waitSeconds > 0) {
    await send([message]);
    return 'waits';
  }
  let seconds: number | undefined;
  try {
    seconds = await look(message.attemptId);
  } catch (error) {
    return await again(send, message, error);
  }
  if (message.isHint) return 'looked';
  if (seconds === undefined) return 'finished';
  await send([{ ...message, troubles: 0, waitSeconds: seconds }]);
  return 'goes-on';
}
