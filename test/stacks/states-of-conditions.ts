import type { AlarmSources } from '../../runner/cloudwatch/alarms/alarm-state.ts';
import { statesOfAlarms } from '../../runner/cloudwatch/alarms/states-of-alarms.ts';
import {
  createMetricStore,
  type MetricName,
} from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { deployedWith } from './deployed.ts';

const settings = { alarms: 'all', canaryMinutes: 5, monthlyBudgetUsd: 300 };
export const deployment = deployedWith({ ...settings, alarmEmail: 'night@operator.example' });
export const now = Date.parse('2026-04-14T10:00:00Z');
export const minute = 60_000;
const day = 24 * 60;

const refOf = (type: string, address: RegExp): string =>
  deployment.resources.find((one) => one.type === type && address.test(one.address))?.ref ?? '';
const chargers = { ApiId: refOf('AWS::ApiGatewayV2::Api', /ChargersApi/) };
const api = { ApiId: refOf('AWS::ApiGatewayV2::Api', /endpoints\/Api/) };
const table = { TableName: refOf('AWS::DynamoDB::GlobalTable', /Readings/) };
const readsOfIndex: MetricName = {
  namespace: 'AWS/DynamoDB',
  name: 'ReadThrottleEvents',
  dimensions: {
    TableName: refOf('AWS::DynamoDB::GlobalTable', /State/),
    GlobalSecondaryIndexName: 'account-listing',
  },
};

const lambda = (step: string, name: string): MetricName => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: `joulegate-prod-${step}` },
});
export const queue = (queueName: string, name: string): MetricName => ({
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
  namespace: 'joulegate-prod-metrics',
  name,
  dimensions: { service: 'joulegate' },
});
export const counted = (name: string): MetricName => ({
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

export type Values = readonly (readonly [MetricName, number])[];
export type Condition = {
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

/**
 * The condition of each alarm, as AWS or our own counts have it. These values are written by hand, for the bounds of each. Really raised on this
 * machine is besides each of them: `queue-age` by a queue, `function-throttles` and `message-errors` by a function and by an API, `api-errors` by an API,
 * `chargers-silent` by a charger (test/stacks/alarm-conditions.test.ts); all others and those of failure queues by a whole stack
 * (test/flow/poison.test.ts). What remains a matter of AWS is the band that it learns itself, the quota of an account, and the prices of its bill.
 */
export const conditions: Readonly<Record<string, Condition>> = {
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
  'index-throttles': {
    raised: [[readsOfIndex, 1]],
    quiet: [[readsOfIndex, 0]],
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
  'starts-refused-by-hour': {
    raised: [
      [counted('refused-starts'), 5],
      [counted('starts'), 7],
    ],
    quiet: [
      [counted('refused-starts'), 4],
      [counted('starts'), 6],
    ],
    periods: 2,
    minutes: 60,
  },
  'starts-refused-all-day': {
    raised: [[counted('refused-starts'), 3]],
    quiet: [
      [counted('refused-starts'), 9],
      [counted('starts'), 1],
    ],
    periods: 1,
    minutes: day,
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
    periods: 1,
    minutes: 360,
  },
  // Twice a thirtieth of 300 USD.
  spend: { raised: useOf(1.02), quiet: useOf(0.98), periods: 1, minutes: day },
  'api-errors': {
    raised: [[gateway(api, '5xx'), 6]],
    quiet: [[gateway(api, '5xx'), 5]],
    periods: 2,
  },
  'message-errors': {
    raised: [[lambda('connect', 'Errors'), 6]],
    quiet: [
      [lambda('connect', 'Errors'), 5],
      [lambda('ocpp', 'Errors'), 5],
      [gateway(chargers, 'ExecutionError'), 5],
      // Handshakes that were refused, as those of a charger with a wrong password.
      [gateway(chargers, 'IntegrationError'), 1000],
      [gateway(chargers, 'ClientError'), 1000],
    ],
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
export const silent = ['chargers-silent', 'canary'];

/** Everything that goes on all the time, but for what is looked at. */
export const usual = (values: Values): Values => {
  const names = values.map(([metric]) => JSON.stringify(metric));
  return silent
    .flatMap((name) => conditions[name]?.quiet ?? [])
    .filter(([metric]) => !names.includes(JSON.stringify(metric)));
};

/** The states of all alarms, by name without the stage, when something is counted in each of the latest periods. */
export function statesWith(
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

export const raisedIn = (states: ReadonlyMap<string, string>): readonly string[] =>
  [...states].filter(([, state]) => state === 'alarm').map(([name]) => name);

const alarmsOf = (type: string) =>
  deployment.resources.filter((one) => one.type === `AWS::CloudWatch::${type}`);
export const unnamed = (arn: string) => arn.replace(/^.*?joulegate-prod-/, '');

/** The alarm over an alarm, if it has one: those that may last for days are announced by themselves. */
export const overOf = (name: string): readonly string[] =>
  alarmsOf('CompositeAlarm')
    .filter(({ properties }) =>
      String(properties['AlarmRule']).includes(`:joulegate-prod-${name}"`),
    )
    .map(({ ref }) => unnamed(ref));

/** The alarms that are announced of these: by themselves, and not after another one. */
export const announcedOf = (states: ReadonlyMap<string, string>): readonly string[] =>
  [...alarmsOf('Alarm'), ...alarmsOf('CompositeAlarm')]
    .filter(({ properties }) => properties['AlarmActions'] !== undefined)
    .filter(({ ref }) => states.get(unnamed(ref)) === 'alarm')
    .filter(({ properties }) => {
      const after = unnamed(String(properties['ActionsSuppressor'] ?? ''));
      return states.get(after) !== 'alarm';
    })
    .map(({ ref }) => unnamed(ref));

/** The state of all alarms after days in which sessions were started or refused, one by one, evenly over the day. */
export function statesOfFleet({ perDay, refused, days = 1 }: Fleet): ReadonlyMap<string, string> {
  const store = createMetricStore();
  const count = perDay * days;
  for (let n = 0; n < count; n += 1) {
    const at = now - Math.floor((n * day * days * minute) / count);
    const isRefused = Math.floor((n + 1) * refused) > Math.floor(n * refused);
    store.put({ ...counted('refused-starts'), at, value: isRefused ? 1 : 0 });
    store.put({ ...counted('starts'), at, value: isRefused ? 0 : 1 });
  }
  for (const [metric, value] of usual([])) store.put({ ...metric, at: now, value });
  return new Map(
    [...statesOfAlarms(deployment, { store, now, leastUsualOf: () => 0 })].map(([arn, state]) => [
      unnamed(arn),
      state,
    ]),
  );
}

/** Starts of a fleet in a day, and the share of them that is refused. */
type Fleet = { readonly perDay: number; readonly refused: number; readonly days?: number };
