import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { QueueFunction } from '../functions/queue-function.ts';
import { changesThatMatter } from '../functions/record-filters.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { StreamFunction } from '../functions/stream-function.ts';

/** The functions that log what happens for whoever is interested, and deliver it to webhooks. */
export class Events extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts) {
    super(scope, id);
    const { data, queues, state, outbound, propsOf } = parts;
    const { eventFailures, webhooks } = queues.events;
    new StreamFunction(this, 'Log', {
      ...propsOf('events', { ...state, WEBHOOKS_QUEUE_URL: webhooks.url }),
      streamArn: data.state.streamArn,
      failures: eventFailures.queue,
      filters: changesThatMatter,
      batchSize: 100,
      batchWindow: Duration.seconds(1),
      // Of one shard one batch at a time: writers of one log wait for each other.
      width: 1,
      // Nothing repeats an event that was missed: tried for as long as the stream has it.
      retries: 10_000,
    });
    new QueueFunction(this, 'Webhooks', {
      ...propsOf('webhooks', { ...state, ...outbound }),
      queueArn: webhooks.arn,
      batchSize: 10,
      // Twenty batches of ten: as many receivers may take their full time at once.
      width: 20,
    });
  }
}
