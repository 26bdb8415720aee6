import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { logger } from '../runtime/logger.ts';
import { countRoutine, emitMetric } from '../runtime/metrics.ts';
import type { Item } from '../store/table/item.ts';
import { itemForward } from '../store/table/item-schema.ts';
import { inTime, type RunningTime } from './in-time.ts';
import { type Failure, passOver } from './pass-over.ts';

/**
 * Handles the records of a stream one after the other. One that fails is named, so that it and what follows it come
 * again; the others are not held up, since to handle a record twice changes nothing.
 */
export async function eachRecord(
  action: string,
  records: readonly DynamoDBRecord[],
  handle: (record: DynamoDBRecord) => Promise<void>,
  time: RunningTime,
): Promise<DynamoDBBatchResponse> {
  const failures: Failure[] = [];
  for (const record of records) {
    try {
      await inTime(time, async () => await handle(record));
    } catch (error) {
      logger.error('A record could not be handled', { action, error, keys: record.dynamodb?.Keys });
      failures.push({ record, error });
    }
  }
  return await answerBatch(action, records.length, failures);
}

/**
 * The answer to a batch of so many records: those that failed are retried, unless they are skipped. Counts all of
 * them. `failures` are in the order of the stream.
 */
export async function answerBatch(
  action: string,
  all: number,
  failures: readonly Failure[],
): Promise<DynamoDBBatchResponse> {
  const again = await passOver(action, failures);
  const passedOver = failures.length - again.length;
  if (passedOver > 0) {
    emitMetric({ action, outcome: 'passed-over' }, { RecordsPassedOver: passedOver });
  }
  countRecords(action, all - passedOver, again.length);
  return {
    batchItemFailures: again.map((record) => ({
      itemIdentifier: record.dynamodb?.SequenceNumber ?? '',
    })),
  };
}

/** Counts the records of a batch; only a batch in which one failed has a line of its own. */
export function countRecords(action: string, all: number, failed: number): void {
  if (failed === 0) countRoutine({ action, outcome: 'handled' }, 'RecordsHandled', all);
  else {
    const counts = { RecordsHandled: all - failed, RecordsFailed: failed };
    emitMetric({ action, outcome: 'failed' }, counts);
  }
}

type Image = { readonly [name: string]: AttributeValue };

const attributeOf = (value: AttributeValue): Item[string] => {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  // Bytes come as base64 in an event of Lambda.
  if (value.B !== undefined) return { B: Buffer.from(value.B, 'base64') };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.L !== undefined) return { L: value.L.map(attributeOf) };
  if (value.M !== undefined) return { M: itemOf(value.M) };
  return { NULL: true };
};

const itemOf = (image: Image): Item =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, attributeOf(value)]));

/** Images as they were read: several parts of a step look at the same one. */
const read = new WeakMap<Image, Item>();

function itemFrom(image: Image): Item {
  const known = read.get(image);
  if (known !== undefined) return known;
  const item = itemForward(itemOf(image));
  read.set(image, item);
  return item;
}

/** The item as the record found it; undefined when the record made it. */
export function oldItem(record: DynamoDBRecord): Item | undefined {
  const image = record.dynamodb?.OldImage;
  return image && itemFrom(image);
}

/** The item as the record left it; undefined when the record deleted it. */
export function newItem(record: DynamoDBRecord): Item | undefined {
  const image = record.dynamodb?.NewImage;
  return image && itemFrom(image);
}
