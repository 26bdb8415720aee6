import { Construct } from 'constructs';
import type { QueueSurroundings } from '../queues/failure-queue.ts';
import { StepQueue } from '../queues/step-queue.ts';

// With the visibility timeout of the queue this is ten hours, longer than tables have ever been out of reach.
const TRIES = 200;

// With the visibility timeout of the queue this is an hour: then most commands have become pointless.
const COMMAND_TRIES = 30;

/** The queues of charger messages that could not be processed when they came, and of commands to be sent. */
export class ChargerQueues extends Construct {
  readonly postponed: StepQueue;
  readonly commands: StepQueue;

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
    this.commands = new StepQueue(this, 'Commands', {
      ...surroundings,
      step: 'commands',
      tries: COMMAND_TRIES,
      severity: 'medium',
      consequence: 'Commands to chargers are not sent, or are not ended.',
    });
  }
}
