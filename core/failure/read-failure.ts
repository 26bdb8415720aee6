/** A record of a stream: the item's key is all that people look at. */
export type FailedRecord = {
  readonly dynamodb?: {
    readonly Keys?: Readonly<Record<string, { readonly S?: string }>>;
  };
};

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
      /** A record of DynamoDB Streams, as its function gets it. */
      readonly record: FailedRecord;
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
      record: record as FailedRecord,
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
