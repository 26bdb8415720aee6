import type { DynamoDBRecord } from 'aws-lambda';

/** Records that Lambda gave up and names by their place in a stream alone. */
export type StreamPlace = {
  readonly streamArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  readonly batchSize: number;
};

/** The content of a failure queue's message: a record, a place in a stream, or the message of a step as it was. */
export type Failure =
  | {
      readonly kind: 'record';
      readonly functionName: string;
      readonly errorName: string;
      readonly record: DynamoDBRecord;
    }
  | { readonly kind: 'place'; readonly place: StreamPlace; readonly condition: string }
  | { readonly kind: 'message'; readonly body: string };

/** Reads the body of a failure queue's message; anything that is neither a record nor a place is the message of a step. */
export function readFailure(body: string): Failure {
  const parsed = objectIn(body);
  if (parsed['record'] !== undefined && typeof parsed['functionName'] === 'string') {
    const { functionName, errorName, record } = parsed;
    return {
      kind: 'record',
      functionName,
      errorName: String(errorName),
      record: record as DynamoDBRecord,
    };
  }
  if (parsed['DDBStreamBatchInfo'] !== undefined) {
    const { condition = 'unknown' } = (parsed['requestContext'] ?? {}) as { condition?: string };
    return { kind: 'place', place: parsed['DDBStreamBatchInfo'] as StreamPlace, condition };
  }
  return { kind: 'message', body };
}

function objectIn(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** One line for people: which item a record is of, which place in a stream, or how a message begins. */
export function lineOfFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'record': {
      const { pk, sk } = failure.record.dynamodb?.Keys ?? {};
      return `${failure.errorName}: record of ${pk?.S} ${sk?.S}`;
    }
    case 'place': {
      const { batchSize, shardId, startSequenceNumber } = failure.place;
      return `${failure.condition}: ${batchSize} records from ${startSequenceNumber} of ${shardId}`;
    }
    case 'message':
      return failure.body.length > 200 ? `${failure.body.slice(0, 200)}…` : failure.body;
    default:
      return failure satisfies never;
  }
}
