import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { changesThatMatter } from '../functions/record-filters.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { StreamFunction } from '../functions/stream-function.ts';

/** The function that logs what happens for whoever is interested. */
export class Events extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts) {
    super(scope, id);
    const { data, queues, state, propsOf } = parts;
    new StreamFunction(this, 'Log', {
      ...propsOf('events', state),
      streamArn: data.state.streamArn,
      failures: queues.events.eventFailures.queue,
      filters: changesThatMatter,
      batchSize: 100,
      batchWindow: Duration.seconds(1),
      // Of one shard one batch at a time: writers of one log wait for each other.
      width: 1,
      // Nothing repeats an event that was missed: tried for as long as the stream has it.
      retries: 10_000,
    });
  }
}
