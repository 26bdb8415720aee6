import type { Failure } from '../../core/failure/read-failure.ts';

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
