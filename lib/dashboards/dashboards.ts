import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Alarm, Dashboard, type IAlarm, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ServiceAlarms } from '../alarms/service-alarms.ts';
import type { EndpointStack } from '../endpoints/endpoint-stack.ts';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import type { StepName } from '../functions/steps.ts';
import { nameIn } from '../settings/stage.ts';
import { type DashboardName, type DashboardParts, dashboardNames } from './dashboard-parts.ts';
import { fleetDashboard } from './fleet-dashboard.ts';
import { moneyDashboard } from './money-dashboard.ts';
import { systemDashboard } from './system-dashboard.ts';

/** The dashboards of a stage, the function that draws what CloudWatch has no metrics for, and the alarms of the service. */
export class Dashboards extends Construct {
  constructor(
    scope: Construct,
    id: string,
    parts: ServiceParts,
    {
      chargers,
      api,
      canary,
    }: Pick<EndpointStack, 'chargers' | 'api'> & { readonly canary: IAlarm | undefined },
  ) {
    super(scope, id);
    const { stage, data, queues, state, propsOf } = parts;
    const failing = Object.keys(queues.failures) as StepName[];
    const urls = Object.entries(queues.failures).map(([step, { queueUrl }]) => [step, queueUrl]);
    const failureQueues = Stack.of(this).toJsonString(Object.fromEntries(urls));
    const ofSteps = Object.entries(queues.ofSteps).map(([step, { url }]) => [step, url]);
    // Apart from the one that draws, so that IAM says who may only look and who may act.
    const actions = new JoulegateFunction(
      this,
      'Actions',
      propsOf('actions', {
        ...state,
        FUNCTION_PREFIX: nameIn(stage, ''),
        FAILURE_QUEUES: failureQueues,
        STEP_QUEUES: Stack.of(this).toJsonString(Object.fromEntries(ofSteps)),
      }),
    );
    const widgets = new JoulegateFunction(
      this,
      'Widgets',
      propsOf('widgets', {
        ...state,
        STAGE: stage.name,
        FAILURE_QUEUES: failureQueues,
        ACTIONS_FUNCTION: actions.lambda.functionArn,
      }),
    );
    const watched = {
      stage,
      chargerApiId: chargers.apiId,
      operatorApiId: api.apiId,
      stateTable: data.state.tableName,
      readingsTable: data.readings.tableName,
    };
    const arnOf = (name: string): string =>
      Stack.of(this).formatArn({
        service: 'cloudwatch',
        resource: 'alarm',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        resourceName: nameIn(stage, name),
      });
    const failures = Object.entries(queues.severities).map(
      ([step, severity]) =>
        [
          step,
          severity,
          Alarm.fromAlarmArn(this, `Failures-${step}`, arnOf(`${step}-failures`)),
        ] as const,
    );
    const more =
      stage.settings.alarms === 'all'
        ? new ServiceAlarms(this, 'Alarms', { ...watched, topic: queues.alarms, failures, canary })
            .names
        : [];
    const shown: DashboardParts = {
      ...watched,
      widgets: widgets.lambda,
      alarms: [
        ...failing.map((step) => `${step}-failures`),
        ...(canary === undefined ? [] : ['canary']),
        ...more,
      ].map(arnOf),
    };
    const rowsOf: Record<DashboardName, readonly (readonly IWidget[])[]> = {
      fleet: fleetDashboard(shown),
      money: moneyDashboard(shown),
      system: systemDashboard(this, shown),
    };
    for (const name of dashboardNames) {
      new Dashboard(this, `Dashboard-${name}`, {
        dashboardName: nameIn(stage, name),
        widgets: rowsOf[name].map((row) => [...row]),
      });
    }
  }
}
