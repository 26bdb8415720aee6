import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { anyConnection } from '../endpoints/any-connection.ts';
import type { FeedEndpoint } from '../endpoints/feed-endpoint.ts';
import { QueueFunction } from '../functions/queue-function.ts';
import { changesThatMatter } from '../functions/record-filters.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { StreamFunction } from '../functions/stream-function.ts';
import { acknowledge } from '../validation/acknowledge.ts';
import { FeedGateway } from './feed-gateway.ts';

/** The functions that log what happens for whoever is interested, deliver it to webhooks, and show partners what changed. */
export class Events extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts, feed: FeedEndpoint) {
    super(scope, id);
    const { data, queues, stage, state, outbound, propsOf } = parts;
    const { eventFailures, webhooks, partners } = queues.events;
    new StreamFunction(this, 'Log', {
      ...propsOf('events', {
        ...state,
        WEBHOOKS_QUEUE_URL: webhooks.url,
        PARTNERS_QUEUE_URL: partners.url,
        COMMANDS_QUEUE_URL: queues.charger.commands.url,
      }),
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
    const deliveries = new QueueFunction(this, 'Webhooks', {
      ...propsOf('webhooks', {
        ...state,
        ...outbound,
        COMMANDS_QUEUE_URL: queues.charger.commands.url,
        AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: feed.connectionsUrl,
      }),
      queueArn: webhooks.arn,
      batchSize: 10,
      // Twenty batches of ten: as many receivers may take their full time at once.
      width: 20,
    });
    new QueueFunction(this, 'Partners', {
      ...propsOf('partners', {
        ...state,
        ...outbound,
        PARTNERS_QUEUE_URL: partners.url,
        WEBHOOKS_QUEUE_URL: webhooks.url,
      }),
      queueArn: partners.arn,
      batchSize: 10,
      width: 5,
    });
    const reason =
      'A connection has its id from API Gateway: any of the live feed, and of no other API, may be the one to send to or to close.';
    acknowledge(deliveries, {
      [anyConnection(stage, 'POST', 'feed')]: reason,
      [anyConnection(stage, 'DELETE', 'feed')]: reason,
    });
    new FeedGateway(this, 'Feed', parts, feed);
  }
}
