import { Duration, SecretValue } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarm,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';

/** A part of the secret that an operator of the deployment makes for the canary (docs/deploy.md). */
const secretOf = (stage: Stage, jsonField: string): string =>
  SecretValue.secretsManager(nameIn(stage, 'canary'), { jsonField }).unsafeUnwrap();

const whyNoQueue =
  'A run that failed is followed by the next one; its error, or its absence, is what raises the alarm.';

/**
 * A function that plays a charger every few minutes, from the handshake to the sealed CDR, as a charger and an integrator see the
 * stack: it has no permission but to write its log. Its errors raise an alarm.
 */
export class Canary extends Construct {
  readonly alarm: IAlarm;

  constructor(
    scope: Construct,
    id: string,
    { stage, queues, propsOf }: ServiceParts,
    { minutes, apiUrl }: { readonly minutes: number; readonly apiUrl: string },
  ) {
    super(scope, id);
    const every = Duration.minutes(minutes);
    const { lambda } = new JoulegateFunction(this, 'Step', {
      whyNoQueue,
      ...propsOf('canary', {
        CANARY_CHARGER_URL: secretOf(stage, 'chargerUrl'),
        CANARY_API_KEY: secretOf(stage, 'apiKey'),
        CANARY_API_URL: apiUrl,
      }),
    });
    const invocation = new EventInvokeConfig(this, 'Invocation', {
      function: lambda,
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
    });
    acknowledge(invocation, { 'Serverless-LambdaAsyncFailureDestination': whyNoQueue });
    const rule = new Rule(this, 'Rule', {
      ruleName: nameIn(stage, 'canary'),
      description: `Every ${every.toHumanString()}: canary`,
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(lambda, { retryAttempts: 0 })],
    });
    acknowledge(rule, { 'Serverless-EventBusDLQ': whyNoQueue });
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: nameIn(stage, 'canary'),
      alarmDescription:
        'Severity high. A charger of our own could not charge up to a sealed CDR, twice in a row. See docs/runbook.md#canary',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: nameIn(stage, 'canary') },
        statistic: 'Sum',
        period: every,
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 2,
      // A canary that does not run is as bad as one that fails.
      treatMissingData: TreatMissingData.BREACHING,
    });
    // Among all alarms `charging-fails` announces it, where nothing explains it.
    if (stage.settings.alarms !== 'all') {
      alarm.addAlarmAction(new SnsAction(queues.alarms));
      alarm.addOkAction(new SnsAction(queues.alarms));
    }
    this.alarm = alarm;
  }
}
