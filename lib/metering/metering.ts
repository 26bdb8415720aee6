import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { newReadings, newStatuses } from '../functions/record-filters.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { StreamFunction } from '../functions/stream-function.ts';

/** Steps that process readings while a session is active: the status of each connector, running energy and running cost. */
export class Metering extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts) {
    super(scope, id);
    const { data, queues, stage, tables, propsOf } = parts;
    const late = { CORRECTIONS_QUEUE_URL: queues.billing.corrections.url };
    new StreamFunction(this, 'Status', {
      ...propsOf('status', { ...tables, ...late }),
      streamArn: data.readings.streamArn,
      failures: queues.metering.statusFailures.queue,
      filters: [newStatuses],
      batchSize: 100,
      batchWindow: Duration.seconds(1),
      width: 2,
      // A status lost here is corrected by the connector's next status.
      retries: 10,
    });
    new StreamFunction(this, 'Tariff', {
      ...propsOf('tariff', {
        ...tables,
        ...late,
        COMMANDS_QUEUE_URL: queues.charger.commands.url,
      }),
      streamArn: data.readings.streamArn,
      failures: queues.metering.tariffFailures.queue,
      filters: [newReadings],
      batchSize: 500,
      // Readings of one session that come within the window cost one write and one run.
      batchWindow: Duration.seconds(stage.settings.liveWindowSeconds),
      // One batch at a time: side by side, a session's readings would be gathered apart from each other.
      width: 1,
      // No later record repeats a reading that came too late for its bill: it is retried as long as the stream keeps it.
      retries: 10_000,
    });
  }
}
