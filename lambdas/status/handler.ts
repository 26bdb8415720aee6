import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { eachRecord, newItem } from '../edge/stream-records.ts';
import { withRequestId } from '../edge/with-request-id.ts';
import { database } from '../store/client.ts';
import { keptReadingFrom } from '../store/readings.ts';
import { keepStatus } from './keep-status.ts';

/** Keeps the latest status of every connector, from the stream of readings. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(
    async (event) =>
      await eachRecord('status', event.Records, async (record) => {
        const item = newItem(record);
        if (item !== undefined) await keepStatus(database, keptReadingFrom(item));
      }),
  );
