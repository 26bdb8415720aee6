import { Construct } from 'constructs';
import type { QueueSurroundings } from '../queues/failure-queue.ts';
import { StepQueue } from '../queues/step-queue.ts';

// With the visibility timeout of the queue this is ten hours, longer than tables have ever been out of reach.
const TRIES = 200;

/** The queue of charger messages that could not be processed when they came. */
export class ChargerQueues extends Construct {
  readonly postponed: StepQueue;

  constructor(scope: Construct, id: string, surroundings: QueueSurroundings) {
    super(scope, id);
    this.postponed = new StepQueue(this, 'Postponed', {
      ...surroundings,
      step: 'postponed',
      tries: TRIES,
      severity: 'high',
      consequence:
        'Messages of chargers are not in the tables: sessions lack their start, their stop or readings.',
    });
  }
}
