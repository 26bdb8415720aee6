import { createHash } from 'node:crypto';
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
import { pollStream } from './poll-stream.ts';
import { createProgress } from './progress.ts';
import { type RunningSource, withinGrace } from './running-source.ts';
import { openShardReader, type ReadRecords } from './shard-reader.ts';
import { type SourceRecord, sourceRecord } from './source-record.ts';

/** The parts a stream mapping needs. */
export type StreamMappingParts = {
  readonly mapping: EventSourceMapping;
  readonly table: Table;
  readonly engine: EngineClient;
  readonly invoke: Invoke;
  readonly checkpoint: CheckpointFile;
  /** Tells the on-failure queue. */
  readonly sendFailure: (mapping: EventSourceMapping, body: string) => void;
  readonly options: EventSourceOptions;
};

/** Records that are read ahead of the function, at most. */
const MOST_UNFINISHED = 5_000;

/** Feeds a function from the stream of a table, from its checkpoint on. */
export async function startStreamMapping(parts: StreamMappingParts): Promise<RunningSource> {
  const { mapping, table, engine, invoke, checkpoint, options } = parts;
  const pause = createPause();
  const progress = createProgress();
  const reader = await openShardReader(engine, table.name, checkpoint.load(), mapping.fromLatest);
  let shardId = '';
  let done = 0;

  const onDone = (records: readonly SourceRecord[]) => {
    done += records.length;
    finish(records);
  };
  const finish = (records: readonly SourceRecord[]) => {
    let sequence: bigint | undefined;
    for (const record of records) {
      sequence = progress.finish(record.sequence) ?? sequence;
    }
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
  const idle = async () => {
    await Promise.all(deliveries.map((delivery) => delivery.idle()));
  };
  const take = (read: ReadRecords) => {
    shardId = read.shardId;
    const filteredOut: SourceRecord[] = [];
    for (const record of read.records.map((each) => sourceRecord(each, mapping.sourceArn))) {
      progress.accept(record.sequence);
      if (isWanted(mapping, record)) {
        deliveries[deliveryOf(record, deliveries.length)]?.add(record);
      } else {
        filteredOut.push(record);
      }
    }
    finish(filteredOut);
  };

  const poll = pollStream({
    pause,
    spacing: mapping.windowMilliseconds > 0 ? 100 : 20,
    report: (line) => options.report?.(`${mapping.id}: ${line}`),
    read: async () => {
      if (progress.unfinished() >= MOST_UNFINISHED) {
        return 0;
      }
      const read = await reader.read();
      take(read);
      if (read.isLast) {
        await idle();
        await reader.nextShard();
      }
      return read.records.length;
    },
  });
  return {
    wake: poll.wake,
    hurry: pause.hurry,
    doneCount: () => done,
    settle: async () => {
      do {
        await idle();
      } while (!pause.isStopped() && (await poll.readNow()) > 0);
      await idle();
    },
    stop: async () => {
      pause.stop();
      await withinGrace(poll.stop().then(idle));
      checkpoint.flush();
    },
  };
}

function isWanted({ patterns }: EventSourceMapping, { event }: SourceRecord): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, event));
}

/** Records of one item go to the same delivery, in their order. */
function deliveryOf({ key }: SourceRecord, count: number): number {
  return count === 1 ? 0 : createHash('md5').update(key).digest().readUInt32BE(0) % count;
}
