import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { QueueFunction } from '../functions/queue-function.ts';
import {
  dividedSessions,
  endedSessions,
  orderedCorrections,
  supersedingSessions,
} from '../functions/record-filters.ts';
import { ScheduledFunction } from '../functions/scheduled-function.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { StreamFunction } from '../functions/stream-function.ts';

/** The functions that make CDRs of ended sessions, correct them, and look each hour for what nothing else begins. */
export class Billing extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts) {
    super(scope, id);
    const { data, queues, tables, propsOf } = parts;
    const { cdrFailures, corrections, sweepFailures } = queues.billing;
    const sealing = { ...tables, CDR_KEY_ID: data.cdrKey.keyArn };
    new StreamFunction(this, 'Cdr', {
      ...propsOf('cdr', {
        ...sealing,
        CORRECTIONS_QUEUE_URL: corrections.url,
        POSTPONED_QUEUE_URL: queues.charger.postponed.url,
      }),
      streamArn: data.state.streamArn,
      failures: cdrFailures.queue,
      filters: [supersedingSessions, endedSessions, dividedSessions, orderedCorrections],
      batchSize: 25,
      batchWindow: Duration.seconds(1),
      width: 4,
      // No later record brings back the end of a session: tried for as long as the stream has it.
      retries: 10_000,
    });
    new QueueFunction(this, 'LateReadings', {
      ...propsOf('corrections', { ...sealing, CORRECTIONS_QUEUE_URL: corrections.url }),
      queueArn: corrections.arn,
      failures: corrections.failures,
      batchSize: 10,
      width: 2,
    });
    new ScheduledFunction(this, 'Sweep', {
      ...propsOf('sweep', { ...tables, PARTNERS_QUEUE_URL: queues.events.partners.url }),
      failures: sweepFailures.queue,
      every: Duration.hours(1),
    });
  }
}
