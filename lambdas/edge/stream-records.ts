import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../store/item.ts';
import { logger } from './logger.ts';
import { measure } from './metrics.ts';

/**
 * Handles the records of a stream one after the other, as they follow each other in it.
 * Stops at the first failure and names it: that record and all after it come again.
 */
export async function eachRecord(
  action: string,
  records: readonly DynamoDBRecord[],
  handle: (record: DynamoDBRecord) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const [index, record] of records.entries()) {
    try {
      await handle(record);
    } catch (error) {
      logger.error('A record could not be handled', { action, error, keys: record.dynamodb?.Keys });
      measure({ action, outcome: 'failed' }, { RecordsHandled: index, RecordsFailed: 1 });
      return {
        batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }],
      };
    }
  }
  measure({ action, outcome: 'handled' }, { RecordsHandled: records.length });
  return { batchItemFailures: [] };
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

/** The item as the record left it; undefined when the record deleted it. */
export function newItem(record: DynamoDBRecord): Item | undefined {
  const image = record.dynamodb?.NewImage;
  return image === undefined ? undefined : itemOf(image);
}
