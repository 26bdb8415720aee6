import { type EngineClient, EngineError } from '../../../runner/dynamodb/engine-client.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';

type Shard = { readonly id: string; isOver: boolean; readonly sequences: number[] };

/** The key of a record: three items in turn. */
export const keyOf = (sequence: number): string => `session ${sequence % 3}`;

/** The stream of a table in memory, with what makes an engine refuse an iterator. */
export function streamOfRecords(mostOfPage: number) {
  const shards: Shard[] = [{ id: 'shardId-1', isOver: false, sequences: [] }];
  let newest = 0;
  let horizon = 0;
  let age = 0;
  let reads = 0;
  let isAway = false;
  const newestShard = () => shards.at(-1) as Shard;
  const shardOf = (id: unknown) => shards.find((each) => each.id === id) as Shard;
  const refuseTrimmed = (shard: Shard, after: number) => {
    const isTrimmed = shard.sequences.some((each) => each <= horizon && each > after);
    if (isTrimmed && after > 0) throw new EngineError('TrimmedDataAccessException', 'trimmed');
  };
  const iteratorOf = ({ ShardId, ShardIteratorType, SequenceNumber }: JsonObject) => {
    const shard = shardOf(ShardId);
    const after = ShardIteratorType === 'LATEST' ? newest : Number(SequenceNumber ?? 0);
    refuseTrimmed(shard, after);
    return JSON.stringify({ id: shard.id, after, age });
  };
  const recordsAt = (iterator: unknown) => {
    reads += 1;
    const at = JSON.parse(String(iterator));
    if (at.age < age) throw new EngineError('ExpiredIteratorException', 'expired');
    const shard = shardOf(at.id);
    refuseTrimmed(shard, at.after);
    const rest = shard.sequences.filter((each) => each > at.after && each > horizon);
    const page = rest.slice(0, mostOfPage);
    const after = page.at(-1) ?? at.after;
    const isEnd = shard.isOver && page.length === rest.length;
    return {
      Records: page.map((sequence) => ({
        eventName: 'INSERT',
        dynamodb: { Keys: { pk: { S: keyOf(sequence) } }, SequenceNumber: String(sequence) },
      })),
      ...(!isEnd && { NextShardIterator: JSON.stringify({ id: shard.id, after, age }) }),
    };
  };
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    // Whoever calls has to wait for the answer, as for that of an engine.
    await undefined;
    if (isAway) throw new Error('ECONNREFUSED');
    switch (operation.split('.')[1]) {
      case 'ListStreams':
        return { Streams: [{ StreamArn: 'stream' }] };
      case 'DescribeStream':
        return { StreamDescription: { Shards: shards.map(({ id }) => ({ ShardId: id })) } };
      case 'GetShardIterator':
        return { ShardIterator: iteratorOf(input) };
      default:
        return recordsAt(input['ShardIterator']);
    }
  };
  return {
    engine: { call, close: () => {} } satisfies EngineClient,
    /** Requests for records so far. */
    reads: () => reads,
    newest: () => newest,
    write: (count: number) => {
      for (let n = 0; n < count; n += 1) newestShard().sequences.push(++newest);
    },
    /** Ends the shard and begins another one. */
    rollOver: () => {
      newestShard().isOver = true;
      shards.push({ id: `shardId-${shards.length + 1}`, isOver: false, sequences: [] });
    },
    /** Forgets what is older. */
    trim: (sequence: number) => {
      horizon = Math.max(horizon, sequence);
    },
    /** Makes all iterators given so far too old. */
    expireIterators: () => {
      age += 1;
    },
    setAway: (away: boolean) => {
      isAway = away;
    },
  };
}
