import { Construct } from 'constructs';
import { FailureQueue, type QueueSurroundings } from '../queues/failure-queue.ts';

/** The failure queue of the event log. */
export class EventQueues extends Construct {
  readonly eventFailures: FailureQueue;

  constructor(scope: Construct, id: string, surroundings: QueueSurroundings) {
    super(scope, id);
    this.eventFailures = new FailureQueue(this, 'EventFailures', {
      ...surroundings,
      step: 'events',
      severity: 'medium',
      consequence: 'Integrators do not hear of something that happened.',
    });
  }
}
