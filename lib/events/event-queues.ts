import { Construct } from 'constructs';
import { FailureQueue, type QueueSurroundings } from '../queues/failure-queue.ts';
import { StepQueue } from '../queues/step-queue.ts';

// With the visibility timeout of the queue this is ten hours.
const TRIES = 200;

/** The failure queue of the event log, and the queues of what is on its way to webhooks and partners, and of what partners see. */
export class EventQueues extends Construct {
  readonly eventFailures: FailureQueue;
  readonly webhooks: StepQueue;
  readonly partners: StepQueue;

  constructor(scope: Construct, id: string, surroundings: QueueSurroundings) {
    super(scope, id);
    this.eventFailures = new FailureQueue(this, 'EventFailures', {
      ...surroundings,
      step: 'events',
      severity: 'medium',
      consequence: 'Integrators do not hear of something that happened.',
    });
    this.webhooks = new StepQueue(this, 'Webhooks', {
      ...surroundings,
      step: 'webhooks',
      // Whatever a receiver does is no failure of the step: a message comes back only when our own services fail.
      tries: TRIES,
      severity: 'low',
      consequence:
        'Webhooks did not get events, which are at GET /events for 7 days, or roaming partners something that changed.',
    });
    this.partners = new StepQueue(this, 'Partners', {
      ...surroundings,
      step: 'partners',
      tries: TRIES,
      severity: 'medium',
      consequence: 'Roaming partners do not see something that changed.',
    });
  }
}
