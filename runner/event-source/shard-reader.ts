import { type EngineClient, EngineError } from '../dynamodb/engine-client.ts';
import { asJsonObject, asList } from '../template/json-object.ts';
import type { Checkpoint } from './checkpoint.ts';

/** Records read at once, and the shard they are from. */
export type ReadRecords = {
  readonly shardId: string;
  readonly records: readonly unknown[];
  /** The shard is over: continue with `nextShard` once everything of it is done. */
  readonly isLast: boolean;
};

/** Reads the stream of a table, shard by shard, older shards first. */
export type ShardReader = {
  readonly read: () => Promise<ReadRecords>;
  /** Moves on to the shard after one that is over; stays when there is none yet. */
  readonly nextShard: () => Promise<void>;
};

type Position = { readonly shardId: string; iterator: string | undefined; last?: string };

/** Opens the stream behind the checkpoint; without one, at its oldest record or, when asked, after its newest. */
export async function openShardReader(
  engine: EngineClient,
  tableName: string,
  checkpoint: Checkpoint | undefined,
  fromLatest: boolean,
): Promise<ShardReader> {
  const stream = (input: string, parameters: Record<string, unknown>) =>
    engine.call(`DynamoDBStreams_20120810.${input}`, parameters);
  const streams = asList((await stream('ListStreams', { TableName: tableName }))['Streams']);
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
  const iteratorAfter = async (shardId: string, sequence: string) => {
    try {
      return await iteratorAt(shardId, 'AFTER_SEQUENCE_NUMBER', sequence);
    } catch (error) {
      if (error instanceof EngineError && error.code === 'TrimmedDataAccessException') {
        return await iteratorAt(shardId, 'TRIM_HORIZON');
      }
      throw error;
    }
  };
  const firstPosition = async (): Promise<Position> => {
    const ids = await shardIds();
    if (checkpoint !== undefined && ids.includes(checkpoint.shardId)) {
      const { shardId, sequence } = checkpoint;
      const last = String(sequence).padStart(21, '0');
      return { shardId, iterator: await iteratorAfter(shardId, last), last };
    }
    const latest = fromLatest && checkpoint === undefined;
    const shardId = ids.at(latest ? -1 : 0) ?? '';
    return { shardId, iterator: await iteratorAt(shardId, latest ? 'LATEST' : 'TRIM_HORIZON') };
  };

  let position = await firstPosition();
  const readAt = async (iterator: string): Promise<readonly unknown[]> => {
    const answer = await stream('GetRecords', { ShardIterator: iterator, Limit: 1000 });
    const records = asList(answer['Records']);
    const next = answer['NextShardIterator'];
    position.iterator = typeof next === 'string' ? next : undefined;
    position.last = sequenceOf(records.at(-1)) ?? position.last ?? '';
    return records;
  };
  const renewIterator = async (error: unknown): Promise<readonly unknown[]> => {
    if (!(error instanceof EngineError) || !/Iterator|Trimmed/.test(error.code)) {
      throw error;
    }
    const { shardId, last } = position;
    position.iterator = last
      ? await iteratorAfter(shardId, last)
      : await iteratorAt(shardId, 'TRIM_HORIZON');
    return [];
  };
  return {
    read: async () => {
      const { shardId, iterator } = position;
      const records = iterator === undefined ? [] : await readAt(iterator).catch(renewIterator);
      return { shardId, records, isLast: position.iterator === undefined };
    },
    nextShard: async () => {
      const ids = await shardIds();
      const next = ids[ids.indexOf(position.shardId) + 1];
      if (next !== undefined) {
        position = { shardId: next, iterator: await iteratorAt(next, 'TRIM_HORIZON') };
      }
    },
  };
}

function sequenceOf(record: unknown): string | undefined {
  const sequence = asJsonObject(asJsonObject(record)['dynamodb'])['SequenceNumber'];
  return sequence === undefined ? undefined : String(sequence);
}
