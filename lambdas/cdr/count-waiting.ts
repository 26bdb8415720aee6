import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

// The endpoint of the region, which knows the queue by its URL; the client would talk to the URL's own host.
const client = new SQSClient({ maxAttempts: 3, useQueueUrlAsEndpoint: false });

/** The number of messages of chargers that wait to be processed (POSTPONED_QUEUE_URL), about. */
export async function countWaiting(): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: process.env['POSTPONED_QUEUE_URL'] ?? '',
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}
