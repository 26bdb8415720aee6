import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../store/item.ts';
import { logger } from './logger.ts';
import { countRoutine, measure } from './metrics.ts';

/**
 * Handles the records of a stream one after the other. One that fails is named, so that it and what follows it come
 * again; the others are not held up, since to handle a record twice changes nothing.
 */
export async function eachRecord(
  action: string,
  records: readonly DynamoDBRecord[],
  handle: (record: DynamoDBRecord) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  const failed: DynamoDBRecord[] = [];
  for (const record of records) {
    try {
      await handle(record);
    } catch (error) {
      logger.error('A record could not be handled', { action, error, keys: record.dynamodb?.Keys });
      failed.push(record);
    }
  }
  countRecords(action, records.length, failed.length);
  return {
    batchItemFailures: failed.map((record) => ({
      itemIdentifier: record.dynamodb?.SequenceNumber ?? '',
    })),
  };
}

/** Counts the records of a batch; only a batch in which one failed has a line of its own. */
export function countRecords(action: string, all: number, failed: number): void {
  if (failed === 0) countRoutine({ action, outcome: 'handled' }, 'RecordsHandled', all);
  else {
    const counts = { RecordsHandled: all - failed, RecordsFailed: failed };
    measure({ action, outcome: 'failed' }, counts);
  }
}

const attributeOf = (value: AttributeValue): Item[string] => {
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.L !== undefined) return { L: value.L.map(attributeOf) };
  if (value.M !== undefined) return { M: itemOf(value.M) };
  return { NULL: true };
};

const itemOf = (image: { readonly [name: string]: AttributeValue }): Item =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, attributeOf(value)]));

/** The item as the record found it; undefined when the record made it. */
export function oldItem(record: DynamoDBRecord): Item | undefined {
  const image = record.dynamodb?.OldImage;
  return image === undefined ? undefined : itemOf(image);
}

/** The item as the record left it; undefined when the record deleted it. */
export function newItem(record: DynamoDBRecord): Item | undefined {
  const image = record.dynamodb?.NewImage;
  return image === undefined ? undefined : itemOf(image);
}
