import { Duration } from 'aws-cdk-lib';
import {
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { DashboardParts } from './dashboard-parts.ts';
import { apiMetric, signatures } from './metrics.ts';

/** List prices in USD, us-east-1, without any free tier; a test compares them with those of the bench. */
export const listPrices = {
  websocketMessage: 1e-6,
  websocketMinute: 0.25e-6,
  httpRequest: 1e-6,
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: 0.0000133334,
  dynamodbWrite: 0.625e-6,
  dynamodbRead: 0.125e-6,
  kmsSignature: 15e-6,
} as const;

/** API Gateway ends a connection after two hours, and chargers stay connected. */
const minutesOfConnection = 120;
/** Most functions have half a gigabyte. */
const gigabytesPerMillisecond = 0.5 / 1000;

const day = Duration.days(1);

const consumed = (TableName: string, metricName: string): Metric =>
  new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName } });

/** Of all functions of the account and Region: CloudWatch has no sum of ours alone. */
const lambda = (metricName: string): Metric => new Metric({ namespace: 'AWS/Lambda', metricName });

/** The use of a stage that CloudWatch counts: its APIs by id, its tables by name. */
export type CountedUse = Pick<
  DashboardParts,
  'chargerApiId' | 'operatorApiId' | 'stateTable' | 'readingsTable'
>;

/** Each metric of a day's use, with the price of one unit of it. */
export const pricedUse = (use: CountedUse): readonly (readonly [Metric, number])[] =>
  countedUse(use).map(([metric, price]) => [metric.with({ statistic: 'Sum', period: day }), price]);

const countedUse = ({
  chargerApiId,
  operatorApiId,
  stateTable,
  readingsTable,
}: CountedUse): readonly (readonly [Metric, number])[] => [
  [apiMetric(chargerApiId, 'MessageCount'), listPrices.websocketMessage],
  [apiMetric(chargerApiId, 'ConnectCount'), listPrices.websocketMinute * minutesOfConnection],
  [apiMetric(operatorApiId, 'Count'), listPrices.httpRequest],
  [lambda('Invocations'), listPrices.lambdaRequest],
  [lambda('Duration'), listPrices.lambdaGigabyteSecond * gigabytesPerMillisecond],
  [consumed(stateTable, 'ConsumedWriteCapacityUnits'), listPrices.dynamodbWrite],
  [consumed(readingsTable, 'ConsumedWriteCapacityUnits'), listPrices.dynamodbWrite],
  [consumed(stateTable, 'ConsumedReadCapacityUnits'), listPrices.dynamodbRead],
  [consumed(readingsTable, 'ConsumedReadCapacityUnits'), listPrices.dynamodbRead],
  [signatures(), listPrices.kmsSignature],
];

/** The sum of metrics `c0`, `c1` and so on, each times its price, as an expression: nothing was counted where there is no value. */
export const pricedSum = (prices: readonly number[]): string =>
  // CDK takes the e of 1e-6 for the name of a metric.
  prices.map((price, n) => `FILL(c${n},0)*${price.toFixed(12)}`).join('+');

function costBy(parts: DashboardParts, days: number, label: string): IMetric {
  const priced = pricedUse(parts);
  return new MathExpression({
    expression: pricedSum(priced.map(([, price]) => price * days)),
    usingMetrics: Object.fromEntries(priced.map(([metric], n) => [`c${n}`, metric])),
    period: day,
    label,
  });
}

const value = (title: string, metric: IMetric): IWidget =>
  new SingleValueWidget({ title, metrics: [metric], width: 12, height: 4, sparkline: true });

/** The cost of use of the last day that CloudWatch has counted. */
export const costOfDay = (parts: DashboardParts): IWidget =>
  value('Use of a day', costBy(parts, 1, 'USD'));

/** The cost of use of a month if every day were like the last. */
export const costOfMonth = (parts: DashboardParts): IWidget =>
  value('Use of a month at the rate of that day', costBy(parts, 30, 'USD a month'));
