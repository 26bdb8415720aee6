import { expect, it } from 'vitest';
import { parseRate } from '../../../runner/schedule/parse-rate.ts';

it.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(1 hour)', 3_600_000],
  ['rate(12 hours)', 43_200_000],
  ['rate(30 days)', 2_592_000_000],
])('%s is a rate', (expression, milliseconds) => {
  expect(parseRate(expression)).toBe(milliseconds);
});

it.each([
  'rate(1 hours)',
  'rate(2 hour)',
  'rate(0 minutes)',
  'rate(1.5 hours)',
  'rate(1 second)',
  'rate(1 week)',
  'cron(0 * * * ? *)',
  'undefined',
])('%s is not a rate that EventBridge accepts and the runner executes', (expression) => {
  expect(parseRate(expression)).toBeUndefined();
});
