import type { DynamoDBRecord } from 'aws-lambda';
import { isServiceTrouble } from '../runtime/is-service-trouble.ts';
import { logger } from '../runtime/logger.ts';
import { TookTooLong } from '../runtime/within.ts';

/** A record that a step could not handle, and why. */
export type Failure = { readonly record: DynamoDBRecord; readonly error: unknown };

/** How long, in seconds, a record that fails because of our bug is retried: a shard's later records wait meanwhile. */
const patienceSeconds = 300;

/** Number of messages sent at a time. */
const atOnce = 16;

/** A record without a time of writing counts as new; one that takes too long would do so each time. */
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
    // Loaded on demand: hardly any record is ever skipped.
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
 * Moves records that have failed for too long because of our bug to the failure queue; returns those to be retried.
 * `failures` are in the order of the stream, which repeats everything from the first retried one: from there on none is
 * moved, or the queue would get it each time.
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
