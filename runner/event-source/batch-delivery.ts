import type { EventSourceMapping } from './event-source-mapping.ts';
import type { EventSourceOptions } from './event-source-options.ts';
import type { Pause } from './pause.ts';
import type { SourceRecord } from './source-record.ts';

/** Takes records one after the other and delivers them in batches, one batch at a time. */
export type BatchDelivery = {
  readonly add: (record: SourceRecord) => void;
  /** Resolves when everything that was added is delivered, or the stack stops. */
  readonly idle: () => Promise<void>;
};

/** Bytes that a batch's records may have as JSON: an invocation carries 6 MB. */
const MAX_BATCH_BYTES = 5_500_000;

/** Characters of a record beside its change, at most: names of the stream, the region and the like. */
const MOST_AROUND_A_CHANGE = 1_000;

/** A delivery that fills its batches as a mapping says. */
export function createBatchDelivery(
  { batchSize, windowMilliseconds }: Pick<EventSourceMapping, 'batchSize' | 'windowMilliseconds'>,
  { windowScale = 1 }: EventSourceOptions,
  pause: Pause,
  deliver: (records: readonly SourceRecord[]) => Promise<void>,
): BatchDelivery {
  const waiting: SourceRecord[] = [];
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let fill = () => {};

  const filled = async () => {
    if (waiting.length < batchSize && windowMilliseconds > 0) {
      const full = new Promise<void>((resolve) => {
        fill = resolve;
      });
      await Promise.race([full, pause.wait(windowMilliseconds * windowScale)]);
    }
  };
  const run = async () => {
    while (waiting.length > 0 && !pause.isStopped()) {
      await filled();
      await deliver(waiting.splice(0, fittingCount(waiting, batchSize)));
    }
    isRunning = false;
  };
  return {
    add: (record) => {
      waiting.push(record);
      if (!isRunning) {
        isRunning = true;
        running = run();
      }
      if (waiting.length >= batchSize) {
        fill();
      }
    },
    idle: async () => {
      while (isRunning) {
        await running;
      }
    },
  };
}

function fittingCount(records: readonly SourceRecord[], batchSize: number): number {
  const first = records.slice(0, batchSize);
  const most = first.reduce((sum, { event }) => sum + mostCharacters(event['dynamodb']), 0);
  // Written out only where it comes near the limit: nearly all batches are far below it, and each is written once more for its function.
  if (most + first.length * MOST_AROUND_A_CHANGE < MAX_BATCH_BYTES) return first.length;
  let bytes = 0;
  let count = 0;
  for (const { event } of first) {
    bytes += JSON.stringify(event).length;
    if (count > 0 && bytes > MAX_BATCH_BYTES) {
      break;
    }
    count += 1;
  }
  return count;
}

/** As many characters as a JSON value can have as text, or more: any character of a string may be written as six. */
function mostCharacters(value: unknown): number {
  if (typeof value === 'string') return value.length * 6 + 2;
  if (typeof value !== 'object' || value === null) return 25;
  let sum = 2;
  for (const name in value) {
    sum += name.length * 6 + 4 + mostCharacters(value[name as keyof typeof value]);
  }
  return sum;
}
