import { hash } from 'node:crypto';
import type { EngineClient } from '../dynamodb/engine-client.ts';
import type { Table } from '../dynamodb/table.ts';
import type { Invoke } from '../runner-interfaces.ts';
import { createBatchDelivery } from './batch-delivery.ts';
import type { CheckpointFile } from './checkpoint.ts';
import { deliverBatch } from './deliver-batch.ts';
import { matchesPattern } from './event-pattern.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { EventSourceOptions } from './event-source-options.ts';
import { type FailureCondition, failureMessage } from './failure-message.ts';
import { createPause } from './pause.ts';
import type { Piece } from './plan-retry.ts';
import { createProgress } from './progress.ts';
import { openShardReader, type ReadRecords, type ShardReader } from './shard-reader.ts';
import type { SourceRecord } from './source-record.ts';

/** The parts a stream mapping needs. */
export type StreamMappingParts = {
  readonly mapping: EventSourceMapping;
  readonly table: Pick<Table, 'name' | 'streamArn'>;
  readonly engine: EngineClient;
  readonly invoke: Invoke;
  readonly checkpoint: CheckpointFile;
  /** Tells the on-failure queue. */
  readonly sendFailure: (mapping: EventSourceMapping, body: string) => void;
  readonly options: EventSourceOptions;
};

/** A mapping that takes its part of what is read of a stream. */
export type StreamMapping = {
  readonly reader: ShardReader;
  /** False while it has enough to do, or has to finish a shard before the next one is begun. */
  readonly isReady: () => boolean;
  /** Takes the records that come next in its shard. */
  readonly take: (read: ReadRecords) => void;
  /** Resolves when all that it has taken is done, or it is stopped. */
  readonly idle: () => Promise<void>;
  /** Tries at once what waits because it failed. */
  readonly hurry: () => void;
  /** Records delivered or given up since the start. */
  readonly doneCount: () => number;
  /** Begins no further batch. */
  readonly stop: () => void;
};

/** Records that are read ahead of the function, at most. */
const MOST_UNFINISHED = 5_000;

/** A mapping behind its checkpoint in the stream of a table. */
export async function openStreamMapping(parts: StreamMappingParts): Promise<StreamMapping> {
  const { mapping, engine, invoke, checkpoint, options } = parts;
  const pause = createPause();
  const progress = createProgress();
  const reader = await openShardReader(engine, parts.table, checkpoint.load(), mapping.fromLatest);
  let shardId = '';
  let done = 0;

  const onDone = (records: readonly SourceRecord[]) => {
    done += records.length;
    finish(records);
  };
  const finish = (records: readonly SourceRecord[]) => {
    const sequence = progress.finish(records.map((record) => record.sequence));
    if (sequence !== undefined) {
      checkpoint.save({ shardId, sequence });
    }
  };
  const giveUp = (piece: Piece, condition: FailureCondition) => {
    const { functionArn } = mapping;
    const place = { functionArn, streamArn: mapping.sourceArn, shardId };
    parts.sendFailure(mapping, JSON.stringify(failureMessage(piece, condition, place, Date.now())));
  };
  const surroundings = { mapping, invoke, options, pause, onDone, giveUp };
  const deliveries = Array.from({ length: mapping.width }, () =>
    createBatchDelivery(mapping, options, pause, (records) => deliverBatch(records, surroundings)),
  );
  return {
    reader,
    isReady: () =>
      reader.isAtEnd() ? progress.unfinished() === 0 : progress.unfinished() < MOST_UNFINISHED,
    take: (read) => {
      shardId = read.shardId;
      const filteredOut: SourceRecord[] = [];
      for (const record of read.records) {
        progress.accept(record.sequence);
        if (isWanted(mapping, record)) {
          deliveries[deliveryOf(record, deliveries.length)]?.add(record);
        } else {
          filteredOut.push(record);
        }
      }
      finish(filteredOut);
    },
    idle: async () => {
      await Promise.all(deliveries.map((delivery) => delivery.idle()));
    },
    hurry: pause.hurry,
    doneCount: () => done,
    stop: pause.stop,
  };
}

function isWanted({ patterns }: EventSourceMapping, { event }: SourceRecord): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, event));
}

/** Records of one item go to the same delivery, in their order. */
function deliveryOf({ key }: SourceRecord, count: number): number {
  return count === 1 ? 0 : hash('md5', key, 'buffer').readUInt32BE(0) % count;
}
