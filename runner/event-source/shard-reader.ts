import { type EngineClient, EngineError } from '../dynamodb/engine-client.ts';
import type { Table } from '../dynamodb/table.ts';
import { asJsonObject, asList } from '../template/json-object.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type SourceRecord, sequenceText, sourceRecord } from './source-record.ts';

/** Records of a shard that follow each other. */
export type ReadRecords = { readonly shardId: string; readonly records: readonly SourceRecord[] };

/** A part of a shard as one request has read it. */
export type ReadPage = ReadRecords & {
  /** The records follow this one: 0 at the oldest record of the shard, undefined where a stream was opened at its end. */
  readonly after: bigint | undefined;
  /** Where the shard goes on; undefined where it ends with these records, or has ended before. */
  readonly next: string | undefined;
  readonly isEnd: boolean;
};

/** A place in the stream of a table, which is read shard by shard, older shards first. */
export type ShardReader = {
  /** Reads from its place on; where its shard is over, in the one after it, if there is one yet. */
  readonly read: () => Promise<ReadPage>;
  /** Goes on to the end of what another one has read, if that includes its own place; gives the records from there on. */
  readonly follow: (page: ReadPage) => ReadRecords | undefined;
  /** True if it has the place of another one in the same shard still before it. */
  readonly isBehind: (other: ShardReader) => boolean;
  /** The shard is over: to read on, everything of it has to be done. */
  readonly isAtEnd: () => boolean;
  readonly place: () => Place;
};

/** A place behind a record of a shard: that with the sequence 0 would come before the oldest. */
type Place = { readonly shardId: string; readonly last: bigint | undefined };

type Position = Place & { readonly iterator: string | undefined };

/** Opens the stream behind the checkpoint; without one, at its oldest record or, when asked, after its newest. */
export async function openShardReader(
  engine: EngineClient,
  table: Pick<Table, 'name' | 'streamArn'>,
  checkpoint: Checkpoint | undefined,
  fromLatest: boolean,
): Promise<ShardReader> {
  const stream = (input: string, parameters: Record<string, unknown>) =>
    engine.call(`DynamoDBStreams_20120810.${input}`, parameters);
  const streams = asList((await stream('ListStreams', { TableName: table.name }))['Streams']);
  const StreamArn = asJsonObject(streams.at(-1))['StreamArn'];

  const shardIds = async (): Promise<readonly string[]> => {
    const { StreamDescription } = await stream('DescribeStream', { StreamArn });
    return asList(asJsonObject(StreamDescription)['Shards']).map((shard) =>
      String(asJsonObject(shard)['ShardId']),
    );
  };
  const iteratorAt = async (ShardId: string, type: string, SequenceNumber?: string) => {
    const parameters = { StreamArn, ShardId, ShardIteratorType: type };
    const { ShardIterator } = await stream('GetShardIterator', {
      ...parameters,
      ...(SequenceNumber === undefined ? {} : { SequenceNumber }),
    });
    return String(ShardIterator);
  };
  const iteratorAfter = async (shardId: string, last: bigint) => {
    if (last === 0n) return await iteratorAt(shardId, 'TRIM_HORIZON');
    try {
      return await iteratorAt(shardId, 'AFTER_SEQUENCE_NUMBER', sequenceText(last));
    } catch (error) {
      if (error instanceof EngineError && error.code === 'TrimmedDataAccessException') {
        return await iteratorAt(shardId, 'TRIM_HORIZON');
      }
      throw error;
    }
  };
  const positionAfter = async (shardId: string, last: bigint): Promise<Position> => ({
    ...{ shardId, last },
    iterator: await iteratorAfter(shardId, last),
  });
  const firstPosition = async (): Promise<Position> => {
    const ids = await shardIds();
    if (checkpoint !== undefined && ids.includes(checkpoint.shardId)) {
      return await positionAfter(checkpoint.shardId, checkpoint.sequence);
    }
    if (!fromLatest || checkpoint !== undefined) return await positionAfter(ids[0] ?? '', 0n);
    const shardId = ids.at(-1) ?? '';
    return { shardId, last: undefined, iterator: await iteratorAt(shardId, 'LATEST') };
  };

  let position = await firstPosition();
  const readAt = async (iterator: string): Promise<ReadPage> => {
    const { shardId, last: after } = position;
    const answer = await stream('GetRecords', { ShardIterator: iterator, Limit: 1000 });
    const records = asList(answer['Records']).map((each) => sourceRecord(each, table.streamArn));
    const answered = answer['NextShardIterator'];
    const next = typeof answered === 'string' ? answered : undefined;
    return { shardId, records, after, next, isEnd: next === undefined };
  };
  const renewIterator = async (error: unknown): Promise<ReadPage> => {
    if (!(error instanceof EngineError) || !/Iterator|Trimmed/.test(error.code)) {
      throw error;
    }
    const { shardId, last: after } = position;
    const next = await iteratorAfter(shardId, after ?? 0n);
    return { shardId, records: [], after, next, isEnd: false };
  };
  const nextShard = async (): Promise<void> => {
    const ids = await shardIds();
    const next = ids[ids.indexOf(position.shardId) + 1];
    if (next !== undefined) position = await positionAfter(next, 0n);
  };
  const goTo = ({ shardId, records, after, next }: ReadPage): void => {
    position = { shardId, last: records.at(-1)?.sequence ?? after, iterator: next };
  };
  return {
    read: async () => {
      if (position.iterator === undefined) await nextShard();
      const { shardId, last: after, iterator: next } = position;
      const page =
        next === undefined
          ? { shardId, records: [], after, next, isEnd: false }
          : await readAt(next).catch(renewIterator);
      goTo(page);
      return page;
    },
    follow: (page) => {
      const { shardId, last, iterator } = position;
      const { records, after } = page;
      if (iterator === undefined) return undefined;
      if (shardId !== page.shardId || last === undefined || after === undefined) return undefined;
      if (last < after || last > (records.at(-1)?.sequence ?? after)) return undefined;
      goTo(page);
      return { shardId, records: records.filter(({ sequence }) => sequence > last) };
    },
    isBehind: (other) => {
      const [own, others] = [position, other.place()];
      return own.shardId === others.shardId && (own.last ?? 0n) < (others.last ?? 0n);
    },
    isAtEnd: () => position.iterator === undefined,
    place: () => position,
  };
}
