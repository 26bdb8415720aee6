import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../template/json-object.ts';
import type { Piece } from './plan-retry.ts';
import { sequenceText } from './source-record.ts';

/** Why records are given up on, as AWS names it. */
export type FailureCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** The content of a message in the on-failure queue: where the records are, not what they say. */
export function failureMessage(
  piece: Piece,
  condition: FailureCondition,
  place: { readonly functionArn: string; readonly streamArn: string; readonly shardId: string },
  now: number,
): JsonObject {
  const first = piece.records[0];
  const last = piece.records.at(-1);
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: place.functionArn,
      condition,
      approximateInvokeCount: piece.attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: 'Unhandled',
    },
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId: place.shardId,
      startSequenceNumber: sequenceText(first?.sequence ?? 0n),
      endSequenceNumber: sequenceText(last?.sequence ?? 0n),
      approximateArrivalOfFirstRecord: new Date(first?.writtenAt ?? 0).toISOString(),
      approximateArrivalOfLastRecord: new Date(last?.writtenAt ?? 0).toISOString(),
      batchSize: piece.records.length,
      streamArn: place.streamArn,
    },
  };
}
