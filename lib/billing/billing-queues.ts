import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FailureQueue, type QueueSurroundings } from '../queues/failure-queue.ts';
import { StepQueue } from '../queues/step-queue.ts';

// With the visibility timeout of the queue this is twelve hours, longer than tables have ever been out of reach.
const CORRECTION_TRIES = 60;

/** The queue of sessions with late readings, and the failure queues of sealing and of the sweep. */
export class BillingQueues extends Construct {
  readonly cdrFailures: FailureQueue;
  readonly corrections: StepQueue;
  readonly sweepFailures: FailureQueue;

  constructor(scope: Construct, id: string, surroundings: QueueSurroundings) {
    super(scope, id);
    this.cdrFailures = new FailureQueue(this, 'CdrFailures', {
      ...surroundings,
      step: 'cdr',
      severity: 'high',
      consequence: 'Ended sessions have no CDR: nobody is billed for them.',
    });
    this.corrections = new StepQueue(this, 'Corrections', {
      ...surroundings,
      step: 'corrections',
      tries: CORRECTION_TRIES,
      delay: Duration.seconds(surroundings.stage.settings.correctionDelaySeconds),
      severity: 'medium',
      consequence: 'Sealed CDRs lack readings that came late: the amount billed may be wrong.',
    });
    this.sweepFailures = new FailureQueue(this, 'SweepFailures', {
      ...surroundings,
      step: 'sweep',
      severity: 'medium',
      consequence: 'Sessions that never stopped stay open.',
    });
    this.sweepFailures.takeFromRule();
  }
}
