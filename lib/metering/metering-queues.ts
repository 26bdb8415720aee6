import { Construct } from 'constructs';
import { FailureQueue, type QueueSurroundings } from '../queues/failure-queue.ts';

/** The failure queues of the two readers of the stream of readings. */
export class MeteringQueues extends Construct {
  readonly statusFailures: FailureQueue;
  readonly tariffFailures: FailureQueue;

  constructor(scope: Construct, id: string, surroundings: QueueSurroundings) {
    super(scope, id);
    this.statusFailures = new FailureQueue(this, 'StatusFailures', {
      ...surroundings,
      step: 'status',
      severity: 'low',
      consequence: 'Connectors show an old status until the charger reports the next one.',
    });
    this.tariffFailures = new FailureQueue(this, 'TariffFailures', {
      ...surroundings,
      step: 'tariff',
      severity: 'medium',
      consequence:
        'Running energy and cost lag behind, and readings that came after a CDR was sealed do not correct it.',
    });
  }
}
