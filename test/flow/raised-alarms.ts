import type { AlarmSources } from '../../runner/cloudwatch/alarms/alarm-state.ts';
import { statesOfAlarms } from '../../runner/cloudwatch/alarms/states-of-alarms.ts';
import type { MetricStore } from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { deployedWith } from '../stacks/deployed.ts';

const minute = 60_000;

/** The stack of these tests as it is with every alarm. */
export const deployment = deployedWith({
  ...{ stage: 'local', alarms: 'all', canaryMinutes: 5 },
  ...{ monthlyBudgetUsd: 300, alarmEmail: 'night@operator.example' },
});

/** The errors that Lambda counts of a canary that ran in the last two periods. */
export const ranCanary = (store: MetricStore, errors: number): void => {
  for (const by of [0, 5 * minute]) {
    const dimensions = { FunctionName: 'joulegate-local-canary' };
    store.put({
      ...{ namespace: 'AWS/Lambda', name: 'Errors', dimensions },
      ...{ at: Date.now() - by, value: errors },
    });
  }
};

/** The names of the alarms that are raised by these metrics now; an account may sign a thousand times a second unless a test says otherwise. */
export const namesOfRaised = (
  store: MetricStore,
  quotaOf: AlarmSources['quotaOf'] = () => 1000,
): readonly string[] =>
  [...statesOfAlarms(deployment, { store, now: Date.now(), quotaOf })]
    .filter(([, state]) => state === 'alarm')
    .map(([arn]) => arn.replace(/^.*:alarm:joulegate-local-/, ''))
    .toSorted();
