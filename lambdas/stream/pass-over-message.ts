import type { SQSRecord } from 'aws-lambda';
import { isServiceTrouble } from '../runtime/is-service-trouble.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { TookTooLong } from '../runtime/within.ts';

/** Times that a message is tried which fails by our own error: it fails again however often it is tried. */
const mostTries = 3;

/** A message of a step's queue, and how often it was received, this time included. */
export type Received = { readonly id: string; readonly body: string; readonly tries: number };

/** Reads a message as Lambda hands it over. */
export const receivedFrom = ({ messageId, body, attributes }: SQSRecord): Received => ({
  id: messageId,
  body,
  tries: Number(attributes?.ApproximateReceiveCount ?? 1),
});

/** Whether a message is to be given up that failed: not where a service was out of reach or too slow. */
const isDue = ({ tries }: Received, error: unknown): boolean =>
  tries >= mostTries && !isServiceTrouble(error) && !(error instanceof TookTooLong);

/**
 * Puts a message that keeps failing by our own error into the failure queue, as it is, so that it is neither lost nor tried for
 * hours. Says whether it is there; if not, it comes again.
 */
export async function passOverMessage(
  action: string,
  received: Received,
  error: unknown,
): Promise<boolean> {
  if (!isDue(received, error)) return false;
  const ids = { action, id: received.id, tries: received.tries };
  try {
    // Read when it comes to that: nearly no message is ever passed over.
    const { sendTextToFailures } = await import('./send-to-failures.ts');
    await sendTextToFailures(received.body);
  } catch (reason) {
    logger.error('A message could not be sent to the failure queue', { ...ids, error: reason });
    return false;
  }
  logger.error('A message was skipped and sent to the failure queue', { ...ids, error });
  emitMetric({ action, outcome: 'passed-over' }, { RecordsPassedOver: 1 });
  return true;
}
