import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { sendOutbound } from '../outbound/send-outbound.ts';
import { partnerMessageFrom } from '../roaming/partner-message.ts';
import { sendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { roamingServices } from '../roaming/services-of-aws.ts';
import { logger } from '../runtime/logger.ts';
import { countRoutine } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { countRecords } from '../stream/stream-records.ts';
import { type Publishing, takeMessage } from './take-message.ts';

const publishing: Publishing = {
  database,
  services: roamingServices,
  send: sendPartnerMessages,
  push: sendOutbound,
  now: Date.now,
};

async function isDone({ messageId, body }: SQSRecord): Promise<boolean> {
  try {
    const outcome = await takeMessage(publishing, partnerMessageFrom(body));
    countRoutine({ action: 'partners', outcome }, 'Deliveries');
    return true;
  } catch (error) {
    logger.error('A change could not be shown to partners', { error, id: messageId });
    return false;
  }
}

/** Shows roaming partners what changed: each thing of a batch once. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }) => {
    const byBody = Map.groupBy(Records, ({ body }) => body);
    const failed: SQSRecord[] = [];
    for (const [, same] of byBody) {
      const [first] = same;
      if (first !== undefined && !(await isDone(first))) failed.push(...same);
    }
    countRecords('partners', Records.length, failed.length);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
