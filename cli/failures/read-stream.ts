import {
  type _Record,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { StreamPlace } from '../../core/failure/read-failure.ts';
import type { FailureSite } from './find-failures.ts';

/**
 * Reads the records of a place in a stream, in the form in which Lambda hands them to a function. A stream keeps them for 24 hours;
 * after that the call fails, and says so.
 */
export async function readStream(
  { openStreams, isLocal }: FailureSite,
  place: StreamPlace,
): Promise<readonly DynamoDBRecord[]> {
  const streams = await openStreams();
  const { streamArn, shardId, startSequenceNumber, endSequenceNumber } = place;
  const { ShardIterator: first } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: isLocal ? await localArn(streams, streamArn) : streamArn,
      ShardId: shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: startSequenceNumber,
    }),
  );
  const last = BigInt(endSequenceNumber);
  const records: DynamoDBRecord[] = [];
  let next = first;
  while (next !== undefined && records.length < place.batchSize) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: next }));
    const own = (page.Records ?? []).filter(
      ({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0) <= last,
    );
    records.push(...own.map((record) => deliveredFrom(record, streamArn)));
    // A shard without further records has no end while it is open.
    if (own.length === 0 || own.length < (page.Records ?? []).length) break;
    next = page.NextShardIterator;
  }
  return records;
}

/** The engine's own name of the stream of a table. */
async function localArn(streams: DynamoDBStreamsClient, streamArn: string): Promise<string> {
  const [, TableName = ''] = /:table\/([^/]+)/.exec(streamArn) ?? [];
  const { Streams = [] } = await streams.send(new ListStreamsCommand({ TableName }));
  return Streams.at(-1)?.StreamArn ?? streamArn;
}

function deliveredFrom({ dynamodb, userIdentity: _, ...record }: _Record, streamArn: string) {
  const { ApproximateCreationDateTime: at, Keys, NewImage, OldImage, ...change } = dynamodb ?? {};
  return {
    ...record,
    eventSourceARN: streamArn,
    dynamodb: {
      ...change,
      ...(at && { ApproximateCreationDateTime: Math.floor(at.getTime() / 1000) }),
      ...(Keys && { Keys: encoded(Keys) }),
      ...(NewImage && { NewImage: encoded(NewImage) }),
      ...(OldImage && { OldImage: encoded(OldImage) }),
    },
  } as DynamoDBRecord;
}

/** Bytes go to a function as base64; JSON has no other form for them. */
const encoded = (image: object): Record<string, AttributeValue> =>
  JSON.parse(
    JSON.stringify(image, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );
