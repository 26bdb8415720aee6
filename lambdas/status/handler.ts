import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { withRequestId } from '../runtime/with-request-id.ts';
import { messageRecordFrom } from '../store/readings.ts';
import { database } from '../store/table/client.ts';
import { eachRecord, newItem } from '../stream/stream-records.ts';
import { keepStatus } from './keep-status.ts';

/** Keeps the latest status of every connector, from the stream of readings. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(
    async (event) =>
      await eachRecord('status', event.Records, async (record) => {
        const item = newItem(record);
        if (item !== undefined) await keepStatus(database, messageRecordFrom(item));
      }),
  );
