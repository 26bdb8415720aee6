import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { SendMissingStop } from '../billing/ask-for-missing-stop.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { type MessageRecord, messageRecordFrom } from '../store/readings/readings.ts';
import { database } from '../store/table/client.ts';
import { eachRecord, newItem } from '../stream/stream-records.ts';
import { keepStatus } from './keep-status.ts';
import { statusOf } from './status-of.ts';
import { watchOpenSession } from './watch-open-session.ts';

/** Loaded when needed: a connector is rarely available while its session runs. */
const send: SendMissingStop = async (message, minutes) => {
  const { sendMissingStop } = await import('../billing/send-correction.ts');
  await sendMissingStop(message, minutes);
};

async function isAvailable(message: MessageRecord): Promise<boolean> {
  return (await statusOf(message))?.status === 'available';
}

async function handleStatus(message: MessageRecord): Promise<void> {
  await keepStatus(database, message);
  // Also where a repetition changed nothing: the first attempt may have ended in between.
  if (await isAvailable(message)) await watchOpenSession(database, message, send);
}

/** Keeps the latest status of every connector, from the stream of readings. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(
    async (event, context) =>
      await eachRecord(
        'status',
        event.Records,
        async (record) => {
          const item = newItem(record);
          if (item !== undefined) await handleStatus(messageRecordFrom(item));
        },
        context,
      ),
  );
