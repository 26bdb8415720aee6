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

/** A delivery that fills its batches as a mapping says. */
export function createBatchDelivery(
  { batchSize, windowMilliseconds }: EventSourceMapping,
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
  let bytes = 0;
  let count = 0;
  for (const { event } of records.slice(0, batchSize)) {
    bytes += JSON.stringify(event).length;
    if (count > 0 && bytes > MAX_BATCH_BYTES) {
      break;
    }
    count += 1;
  }
  return count;
}
