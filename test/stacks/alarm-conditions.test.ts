import { describe, expect, it } from 'vitest';
import type { AlarmSources } from '../../runner/cloudwatch/alarms/alarm-state.ts';
import { statesOfAlarms } from '../../runner/cloudwatch/alarms/states-of-alarms.ts';
import {
  createMetricStore,
  type MetricName,
} from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { deployedWith } from './deployed.ts';

const settings = { alarms: 'all', canaryMinutes: 5, monthlyBudgetUsd: 300 };
const deployment = deployedWith({ ...settings, alarmEmail: 'night@operator.example' });
const now = Date.parse('2026-04-14T10:00:00Z');
const minute = 60_000;
const day = 24 * 60;

const refOf = (type: string, address: RegExp): string =>
  deployment.resources.find((one) => one.type === type && address.test(one.address))?.ref ?? '';
const chargers = { ApiId: refOf('AWS::ApiGatewayV2::Api', /ChargersApi/) };
const api = { ApiId: refOf('AWS::ApiGatewayV2::Api', /endpoints\/Api/) };
const table = { TableName: refOf('AWS::DynamoDB::GlobalTable', /Readings/) };

const lambda = (step: string, name: string): MetricName => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: `joulegate-prod-${step}` },
});
const queue = (queueName: string, name: string): MetricName => ({
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName: `joulegate-prod-${queueName}` },
});
const gateway = (dimensions: { ApiId: string }, name: string): MetricName => ({
  namespace: 'AWS/ApiGateway',
  name,
  dimensions,
});
const own = (name: string): MetricName => ({
  namespace: 'Joulegate',
  name,
  dimensions: { service: 'joulegate' },
});
const counted = (name: string): MetricName => ({
  namespace: 'joulegate-prod-alarms',
  name,
  dimensions: {},
});
const signatures: MetricName = {
  namespace: 'AWS/Usage',
  name: 'CallCount',
  dimensions: {
    ...{ Service: 'KMS', Type: 'API', Resource: 'CryptographicOperationsEcc', Class: 'None' },
  },
};

type Values = readonly (readonly [MetricName, number])[];
type Condition = {
  /** The values in each of its periods. */
  readonly raised: Values;
  /** The most that does not raise it. */
  readonly quiet: Values;
  readonly periods: number;
  readonly minutes?: number;
};

/** The use of a fleet in a day, times so much, by the units that CloudWatch counts. */
const useOf = (times: number): Values => [
  [gateway(chargers, 'MessageCount'), times * 10e6],
  [{ namespace: 'AWS/Lambda', name: 'Invocations', dimensions: {} }, times * 15e6],
  [{ namespace: 'AWS/Lambda', name: 'Duration', dimensions: {} }, times * 500e6],
  [
    { namespace: 'AWS/DynamoDB', name: 'ConsumedWriteCapacityUnits', dimensions: table },
    times * 6e6,
  ],
];

/** The condition of each alarm, as AWS or our own counts have it. */
const conditions: Readonly<Record<string, Condition>> = {
  'stream-lag': {
    raised: [[lambda('cdr', 'IteratorAge'), 15 * minute + 1]],
    quiet: [[lambda('cdr', 'IteratorAge'), 15 * minute]],
    periods: 2,
  },
  'queue-age': {
    raised: [[queue('webhooks', 'ApproximateAgeOfOldestMessage'), 3601]],
    quiet: [[queue('webhooks', 'ApproximateAgeOfOldestMessage'), 3600]],
    periods: 2,
  },
  'function-throttles': {
    raised: [[lambda('ocpp', 'Throttles'), 1]],
    quiet: [[lambda('ocpp', 'Throttles'), 0]],
    periods: 2,
  },
  'table-throttles': {
    raised: [[{ namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', dimensions: table }, 1]],
    quiet: [[{ namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', dimensions: table }, 0]],
    periods: 3,
  },
  'kms-requests': {
    // Of a thousand a second.
    raised: [[signatures, 801 * 300]],
    quiet: [[signatures, 800 * 300]],
    periods: 2,
  },
  'chargers-silent': {
    raised: [[gateway(chargers, 'MessageCount'), 499]],
    quiet: [[gateway(chargers, 'MessageCount'), 500]],
    periods: 3,
  },
  'starts-refused': {
    raised: [
      [counted('refused-starts'), 5],
      [counted('starts'), 7],
    ],
    quiet: [
      [counted('refused-starts'), 4],
      [counted('starts'), 6],
    ],
    periods: 3,
  },
  'deliveries-failing': {
    raised: [
      [counted('failed-deliveries'), 6],
      [counted('deliveries'), 5],
    ],
    quiet: [
      [counted('failed-deliveries'), 5],
      [counted('deliveries'), 4],
    ],
    periods: 3,
  },
  // Twice a thirtieth of 300 USD.
  spend: { raised: useOf(1.02), quiet: useOf(0.98), periods: 1, minutes: day },
  'api-errors': {
    raised: [[gateway(api, '5xx'), 6]],
    quiet: [[gateway(api, '5xx'), 5]],
    periods: 2,
  },
  'message-errors': {
    raised: [
      [gateway(chargers, 'IntegrationError'), 3],
      [gateway(chargers, 'ExecutionError'), 3],
    ],
    quiet: [[gateway(chargers, 'IntegrationError'), 5]],
    periods: 2,
  },
  'messages-not-processed': {
    raised: [[own('MessagesNotProcessed'), 101]],
    quiet: [[own('MessagesNotProcessed'), 100]],
    periods: 2,
  },
  'cdr-lag': {
    raised: [[own('StopToCdrLag'), 30 * minute + 1]],
    quiet: [[own('StopToCdrLag'), 30 * minute]],
    periods: 3,
  },
  'cdrs-held': { raised: [[counted('held'), 1]], quiet: [[counted('held'), 0]], periods: 1 },
  'cdrs-held-too-long': {
    raised: [[counted('oldest-held'), 169]],
    quiet: [[counted('oldest-held'), 168]],
    periods: 1,
    minutes: 360,
  },
  canary: {
    raised: [[lambda('canary', 'Errors'), 1]],
    quiet: [[lambda('canary', 'Errors'), 0]],
    periods: 2,
  },
};

/** Alarms that are raised where nothing at all is counted. */
const silent = ['chargers-silent', 'canary'];

/** Everything that goes on all the time, but for what is looked at. */
const usual = (values: Values): Values => {
  const names = values.map(([metric]) => JSON.stringify(metric));
  return silent
    .flatMap((name) => conditions[name]?.quiet ?? [])
    .filter(([metric]) => !names.includes(JSON.stringify(metric)));
};

/** The states of all alarms, by name without the stage, when something is counted in each of the latest periods. */
function statesWith(
  values: Values,
  { periods, minutes = 5 }: Pick<Condition, 'periods' | 'minutes'>,
  others = usual(values),
) {
  const store = createMetricStore();
  const put = (some: Values, count: number, length: number): void => {
    for (const [metric, value] of some) {
      for (let n = 0; n < count; n += 1) {
        store.put({ ...metric, at: now - n * length * minute, value });
      }
    }
  };
  put(values, periods, minutes);
  put(others, 3, 5);
  const sources: AlarmSources = {
    store,
    now,
    quotaOf: ({ name }) => (name === 'CallCount' ? 1000 : undefined),
    leastUsualOf: ({ name }) => (name === 'MessageCount' ? 500 : undefined),
  };
  return new Map(
    [...statesOfAlarms(deployment, sources)].map(([arn, state]) => [
      arn.replace(/^.*:alarm:joulegate-prod-/, ''),
      state,
    ]),
  );
}

const raisedIn = (states: ReadonlyMap<string, string>): readonly string[] =>
  [...states].filter(([, state]) => state === 'alarm').map(([name]) => name);

/** Alarms that are no fault of the service, or may last for days: the one over all of faults is not raised by them. */
const announcedAlone = ['canary', 'cdrs-held', 'cdrs-held-too-long', 'deliveries-failing', 'spend'];

describe('the condition of an alarm', () => {
  const names = deployment.resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ ref }) => ref.replace('joulegate-prod-', ''));

  it('the conditions of all alarms are stated here but those of failure queues, which have one each', () => {
    const queues = names.filter((name) => name.endsWith('-failures'));
    expect(queues).toHaveLength(10);
    expect(names.filter((name) => !queues.includes(name)).sort()).toEqual(
      Object.keys(conditions).sort(),
    );
  });

  it.each(Object.entries(conditions))(
    '%s is raised by its condition alone, wakes once, and is ended with it',
    (name, condition) => {
      const composite = announcedAlone.includes(name) ? [] : ['service-trouble'];

      expect(raisedIn(statesWith(condition.raised, condition))).toEqual([name, ...composite]);
      expect(raisedIn(statesWith(condition.quiet, condition))).toEqual([]);
    },
  );

  it.each(
    Object.entries(conditions).filter(
      ([name, { periods }]) => periods > 1 && !silent.includes(name),
    ),
  )('%s is not raised by a single period of it', (name, { raised }) => {
    expect(raisedIn(statesWith(raised, { periods: 1 }))).not.toContain(name);
  });

  it('where nothing is counted at all, silence alone is an alarm', () => {
    expect(raisedIn(statesWith([], { periods: 1 }, [])).toSorted()).toEqual([
      'canary',
      'chargers-silent',
      'service-trouble',
    ]);
  });

  it.each(['starts-refused', 'deliveries-failing'])(
    '%s is raised too when none was ever counted as it should be',
    (name) => {
      const condition = conditions[name] as Condition;
      const [failed] = condition.raised;
      const [, succeeded] = condition.raised;
      const all: Values = failed === undefined ? [] : [[failed[0], 12]];
      // The metric filter says 0 of lines that it does not count; before the first line it says nothing.
      const none: Values = succeeded === undefined ? [] : [[succeeded[0], 0]];
      expect(raisedIn(statesWith(all, condition))).toContain(name);
      expect(raisedIn(statesWith([...all, ...none], condition))).toContain(name);
    },
  );

  it('a CDR that is held for weeks hides no fault: the one over all is raised when that comes', () => {
    const of = (name: string) => conditions[name] as Condition;
    const held = of('cdrs-held-too-long').raised;
    const both = [...held, ...of('function-throttles').raised];

    expect(raisedIn(statesWith(held, of('function-throttles')))).not.toContain('service-trouble');
    expect(raisedIn(statesWith(both, of('function-throttles')))).toContain('service-trouble');
  });

  it('two faults at a time wake once', () => {
    const of = (name: string) => conditions[name] as Condition;
    const values = [...of('stream-lag').raised, ...of('table-throttles').raised];
    const states = statesWith(values, of('table-throttles'));
    expect(raisedIn(states).toSorted()).toEqual([
      'service-trouble',
      'stream-lag',
      'table-throttles',
    ]);
    const announced = deployment.resources
      .filter(({ type }) => type.startsWith('AWS::CloudWatch::') && type.endsWith('Alarm'))
      .filter(({ properties }) => properties['AlarmActions'] !== undefined)
      .map(({ ref }) => ref.replace('joulegate-prod-', ''));
    expect(announced.filter((name) => raisedIn(states).includes(name))).toEqual([
      'service-trouble',
    ]);
  });
});
