import '../printed.ts';
import { expect, it } from 'vitest';
import { filteredMetrics } from '../../../runner/cloudwatch/alarms/filtered-metrics.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';
import { printed } from '../printed.ts';

const { countDelivery, writeDeliveries } = await import(
  '../../../lambdas/webhooks/count-delivery.ts'
);

/** The metric filters of the alarm, whose patterns are those of test/stacks/alarms.test.ts. */
const filters = {
  'failed-deliveries':
    '{ ($.Deliveries >= 1) && (($.outcome = "again") || ($.outcome = "failed") || ($.outcome = "given-up")) }',
  deliveries:
    '{ ($.Deliveries >= 1) && (($.outcome = "delivered") || ($.outcome = "looked") || ($.outcome = "goes-on") || ($.outcome = "finished")) }',
};
const deployment = {
  outputs: {},
  resources: Object.entries(filters).map(([MetricName, FilterPattern]) => ({
    ...{ address: MetricName, type: 'AWS::Logs::MetricFilter', ref: MetricName, attributes: {} },
    properties: {
      FilterPattern,
      LogGroupName: 'webhooks',
      MetricTransformations: [{ MetricName, MetricValue: '$.Deliveries', DefaultValue: 0 }],
    },
  })),
};

/** Everything that the alarm of deliveries counts of the lines that were written since the last look. */
function counted(): Readonly<Record<string, number>> {
  const lines = printed
    .splice(0)
    .flatMap((text) => text.split('\n'))
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as JsonObject);
  const sums: Record<string, number> = {};
  for (const { name, value } of filteredMetrics(deployment, () => lines)) {
    sums[name] = (sums[name] ?? 0) + value;
  }
  return sums;
}

it('a delivery that failed is counted at once, and with it those that went as they should', () => {
  for (const outcome of ['delivered', 'delivered', 'waits', 'dropped']) countDelivery(outcome);
  expect(counted()).toEqual({});

  countDelivery('again');

  expect(counted()).toEqual({ 'failed-deliveries': 1, deliveries: 2 });
  countDelivery('failed');
  expect(counted()).toEqual({ 'failed-deliveries': 1, deliveries: 0 });
});

it('a delivery whose turn has not come has not failed', () => {
  for (const outcome of ['waits', 'continued', 'again']) countDelivery(outcome);
  expect(counted()['failed-deliveries']).toBe(1);
});

it('a look at a payment that the provider answered is no failure, and one that was given up is', () => {
  for (const outcome of ['looked', 'goes-on', 'finished', 'given-up']) countDelivery(outcome);

  expect(counted()).toEqual({ 'failed-deliveries': 1, deliveries: 3 });
});

it('deliveries that arrived are counted with the end of their batch, and not lost with an instance that is taken away afterwards', () => {
  for (const outcome of ['delivered', 'looked']) countDelivery(outcome);
  writeDeliveries();
  expect(counted()).toEqual({ 'failed-deliveries': 0, deliveries: 2 });

  writeDeliveries();
  expect(counted()).toEqual({});
});

it('a batch of which none was for a receiver, as of one whose turn has not come, has no line of its own', () => {
  for (const outcome of ['waits', 'dropped']) countDelivery(outcome);
  writeDeliveries();
  expect(counted()).toEqual({});
});
