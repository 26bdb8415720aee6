import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import type { ServiceParts } from '../functions/service-parts.ts';

/** The function that draws the widgets of dashboards which CloudWatch has no metrics for. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts) {
    super(scope, id);
    const { stage, queues, state, propsOf } = parts;
    const urls = Object.entries(queues.failures).map(([step, { queueUrl }]) => [step, queueUrl]);
    new JoulegateFunction(
      this,
      'Widgets',
      propsOf('widgets', {
        ...state,
        STAGE: stage.name,
        FAILURE_QUEUES: Stack.of(this).toJsonString(Object.fromEntries(urls)),
      }),
    );
  }
}
