import type { DynamoDBRecord } from 'aws-lambda';
import { logger } from '../runtime/logger.ts';
import { inTime, type RunningTime } from '../stream/in-time.ts';

/** The records that a run could not do its work with, and why. */
export type RecordErrors = Map<DynamoDBRecord, unknown>;

/** The work of a run with each of its records, one after the other. */
export type RecordWork<Result> = {
  /** The log line where it fails, as a sentence without its end. */
  readonly failure: string;
  readonly work: (record: DynamoDBRecord) => Promise<Result>;
};

/** Does work with each record in its share of the time, and gives the results; one that fails is logged and noted, and stops no other. */
export async function eachRecord<Result>(
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
  { failure, work }: RecordWork<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const record of records) {
    try {
      results.push(await inTime(time, async () => await work(record)));
    } catch (error) {
      logger.error(failure, { error, keys: record.dynamodb?.Keys });
      errors.set(record, error);
    }
  }
  return results;
}
