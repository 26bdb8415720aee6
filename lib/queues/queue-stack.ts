import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { BillingQueues } from '../billing/billing-queues.ts';
import { ChargerQueues } from '../charger-edge/charger-queues.ts';
import { EventQueues } from '../events/event-queues.ts';
import type { queueSteps } from '../functions/driven-steps.ts';
import type { StepName } from '../functions/steps.ts';
import { MeteringQueues } from '../metering/metering-queues.ts';
import type { Stage } from '../settings/stage.ts';
import { AlarmTopic } from './alarm-topic.ts';
import type { Severity } from './failure-queue.ts';
import type { StepQueue } from './step-queue.ts';

/**
 * Every message that is not yet processed, and the alarms of those that cannot be.
 * A stack of its own, so that messages wait while the service stack is deleted and created again.
 */
export class QueueStack extends Stack {
  readonly charger: ChargerQueues;
  readonly metering: MeteringQueues;
  readonly billing: BillingQueues;
  readonly events: EventQueues;
  /** Where alarms are announced. */
  readonly alarms: ITopic;
  /** The failure queue of each step that has one. */
  readonly failures: Readonly<Partial<Record<StepName, IQueue>>>;
  /** How soon a person must act on a failure, by the step that has it. */
  readonly severities: Readonly<Partial<Record<StepName, Severity>>>;
  /** The queue of each step that reads one. */
  readonly ofSteps: Readonly<Record<(typeof queueSteps)[number], StepQueue>>;

  constructor(scope: Construct, id: string, stage: Stage, props: StackProps) {
    super(scope, id, { terminationProtection: true, ...props });
    const { topic } = new AlarmTopic(this, 'Alarms', stage);
    this.alarms = topic;
    const surroundings = { stage, alarms: topic };
    this.charger = new ChargerQueues(this, 'Charger', surroundings);
    this.metering = new MeteringQueues(this, 'Metering', surroundings);
    this.billing = new BillingQueues(this, 'Billing', surroundings);
    this.events = new EventQueues(this, 'Events', surroundings);
    this.ofSteps = {
      postponed: this.charger.postponed,
      commands: this.charger.commands,
      corrections: this.billing.corrections,
      webhooks: this.events.webhooks,
      partners: this.events.partners,
    };
    this.failures = {
      postponed: this.charger.postponed.failures,
      cdr: this.billing.cdrFailures.queue,
      tariff: this.metering.tariffFailures.queue,
      corrections: this.billing.corrections.failures,
      commands: this.charger.commands.failures,
      sweep: this.billing.sweepFailures.queue,
      events: this.events.eventFailures.queue,
      webhooks: this.events.webhooks.failures,
      partners: this.events.partners.failures,
      status: this.metering.statusFailures.queue,
    };
    this.severities = {
      postponed: this.charger.postponed.severity,
      cdr: this.billing.cdrFailures.severity,
      tariff: this.metering.tariffFailures.severity,
      corrections: this.billing.corrections.severity,
      commands: this.charger.commands.severity,
      sweep: this.billing.sweepFailures.severity,
      events: this.events.eventFailures.severity,
      webhooks: this.events.webhooks.severity,
      partners: this.events.partners.severity,
      status: this.metering.statusFailures.severity,
    };

    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
  }
}
