import type { DynamoDBRecord } from 'aws-lambda';
import { isServiceTrouble } from '../runtime/is-service-trouble.ts';
import { logger } from '../runtime/logger.ts';
import { TookTooLong } from '../runtime/within.ts';

/** A record that a step could not handle, and why. */
export type Failure = { readonly record: DynamoDBRecord; readonly error: unknown };

/** Seconds that a record is tried again which fails by our own error: a shard's later records wait meanwhile. */
const patienceSeconds = 300;

/** Messages that are sent at a time. */
const atOnce = 16;

/** One that does not say when it was written counts as new; one that takes too long would do so each time. */
function isWorthTrying({ record, error }: Failure): boolean {
  if (error instanceof TookTooLong) return false;
  const writtenAt = record.dynamodb?.ApproximateCreationDateTime;
  if (isServiceTrouble(error) || writtenAt === undefined) return true;
  return Date.now() / 1000 - writtenAt < patienceSeconds;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

async function handOver(action: string, { record, error }: Failure): Promise<boolean> {
  const errorName = nameOf(error);
  const ids = { action, errorName, eventId: record.eventID, keys: record.dynamodb?.Keys };
  try {
    // Read when it comes to that: nearly no record is ever passed over.
    const { sendToFailures } = await import('./send-to-failures.ts');
    await sendToFailures({
      functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
      eventSourceArn: record.eventSourceARN ?? '',
      errorName,
      record,
    });
  } catch (reason) {
    logger.error('A record could not be sent to the failure queue', { ...ids, error: reason });
    return false;
  }
  logger.error('A record was skipped and sent to the failure queue', ids);
  return true;
}

/**
 * Hands records that fail by our own error, and have for too long, to the failure queue; gives those that must come
 * again. `failures` are in the order of the stream, which repeats all that follows the first one that comes again: from
 * there on none is handed over, or the queue would have it each time.
 */
export async function passOver(
  action: string,
  failures: readonly Failure[],
): Promise<readonly DynamoDBRecord[]> {
  const first = failures.findIndex(isWorthTrying);
  const due = first < 0 ? failures : failures.slice(0, first);
  let gone = 0;
  while (gone < due.length) {
    const some = due.slice(gone, gone + atOnce);
    const taken = await Promise.all(some.map((failure) => handOver(action, failure)));
    const refused = taken.indexOf(false);
    gone += refused < 0 ? some.length : refused;
    if (refused >= 0) break;
  }
  return failures.slice(gone).map(({ record }) => record);
}
