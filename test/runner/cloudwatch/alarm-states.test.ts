import { describe, expect, it } from 'vitest';
import { type AlarmSources, alarmState } from '../../../runner/cloudwatch/alarms/alarm-state.ts';
import { readFilterPattern } from '../../../runner/cloudwatch/alarms/filter-pattern.ts';
import { computeMath, type Series } from '../../../runner/cloudwatch/alarms/metric-math.ts';
import { leastUsual } from '../../../runner/cloudwatch/alarms/usual-band.ts';
import { createMetricStore } from '../../../runner/cloudwatch/dashboards/metric-store.ts';

const now = Date.parse('2026-04-14T10:00:00Z');
const minute = 60_000;

const compute = (expression: string, metrics: Record<string, Series> = {}) =>
  computeMath(expression, {
    periods: 2,
    periodSeconds: 300,
    seriesOf: (id) => metrics[id],
    quotaOf: () => 10,
  });

describe('the expressions of alarms', () => {
  it.each([
    ['1+2*3-4/2', [5, 5]],
    ['(1+2)*3>=9', [1, 1]],
    ['0.0000025*4', [0.00001, 0.00001]],
    ['MAX([m0,m1])', [7, 3]],
    ['SUM([m0,m1])', [9, 3]],
    ['m0+m1', [9, undefined]],
    ['FILL(m1,0)+m0', [9, 3]],
    ['FILL(m2,0)+m0', [2, 3]],
    ['IF(m0>=3,100*m0,0)', [0, 300]],
    ['100*m0/PERIOD(m0)/SERVICE_QUOTA(m0)', [200 / 3000, 300 / 3000]],
    ['RATE(m0)', undefined],
    ['m0+m9', undefined],
    ['m0+', undefined],
    ['m0 m1', undefined],
  ])('%s is %j', (expression, value) => {
    const metrics = { m0: [2, 3], m1: [7, undefined], m2: [undefined, undefined] };
    expect(compute(expression, metrics)).toEqual(value);
  });
});

describe('the filters of log lines', () => {
  it.each([
    ['{ $.Starts >= 1 }', [true, false, false]],
    ['{ $.level = "ERROR" }', [false, true, false]],
    [
      '{ ($.Starts >= 1) && (($.outcome = "again") || ($.outcome = "failed")) }',
      [true, false, false],
    ],
    ['{ $.Starts = 2 }', [true, false, false]],
  ])('%s matches lines by their fields', (pattern, matches) => {
    const lines = [{ Starts: 2, outcome: 'failed' }, { level: 'ERROR' }, {}];
    expect(lines.map((line) => readFilterPattern(pattern)?.(line))).toEqual(matches);
  });

  it.each(['ERROR', '{ $.a IS NULL }', '{ $.a >= 1', '{ a = 1 }', '{ $.a = 1 } x'])(
    'another form is not read: %s',
    (pattern) => {
      expect(readFilterPattern(pattern)).toBeUndefined();
    },
  );
});

describe('what is usual of a metric', () => {
  const asked = { now, periodSeconds: 300, deviations: 3 };
  const daysAgo = (days: number, period: number, value: number) => ({
    at: now - days * 24 * 60 * minute + period * 5 * minute,
    value,
  });
  const periods = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5];

  it('it is the average of that hour of the days before, less three standard deviations', () => {
    const values = [3, 2, 1].flatMap((days) =>
      periods.map((period) => daysAgo(days, period, period % 2 === 0 ? 90 : 110)),
    );
    const least = leastUsual(values, asked) ?? Number.NaN;
    expect(least).toBeGreaterThan(65);
    expect(least).toBeLessThan(75);
  });

  it('other hours, however busy, do not count; and a single day says nothing', () => {
    const values = [3, 2, 1].flatMap((days) => [
      ...periods.map((period) => daysAgo(days, period - 100, 5000)),
      ...periods.map((period) => daysAgo(days, period, 7)),
    ]);
    expect(leastUsual(values, asked)).toBe(7);
    expect(leastUsual(values.slice(-2 * periods.length), asked)).toBeUndefined();
    expect(leastUsual([], asked)).toBeUndefined();
  });
});

describe('the state of an alarm', () => {
  const metric = { namespace: 'AWS/SQS', name: 'Visible', dimensions: { QueueName: 'q' } };
  const alarm = (more: object) => ({
    Namespace: 'AWS/SQS',
    MetricName: 'Visible',
    Dimensions: [{ Name: 'QueueName', Value: 'q' }],
    Statistic: 'Maximum',
    Period: 300,
    EvaluationPeriods: 2,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    ...more,
  });
  /** The state with values so many minutes ago. */
  const stateWith = (values: Record<number, number>, more: object = {}, known = {}) => {
    const store = createMetricStore();
    for (const [ago, value] of Object.entries(values)) {
      store.put({ ...metric, at: now - Number(ago) * minute, value });
    }
    const sources: AlarmSources = { store, now, ...known };
    return alarmState(alarm(more), sources);
  };

  it('an alarm is raised when each of its periods is beyond the threshold, and not before', () => {
    expect(stateWith({ 7: 1, 1: 1 })).toBe('alarm');
    expect(stateWith({ 7: 0, 1: 1 })).toBe('ok');
    expect(stateWith({ 7: 1, 1: 0 })).toBe('ok');
  });

  it('a period without a value is what the alarm says of it', () => {
    expect(stateWith({ 1: 1 }, { TreatMissingData: 'notBreaching' })).toBe('ok');
    expect(stateWith({ 1: 1 }, { TreatMissingData: 'breaching' })).toBe('alarm');
    expect(stateWith({}, { TreatMissingData: 'breaching' })).toBe('alarm');
    expect(stateWith({ 1: 1 }, { TreatMissingData: 'ignore' })).toBe('alarm');
    expect(stateWith({ 60: 1 }, { TreatMissingData: 'ignore' })).toBe('alarm');
    expect(stateWith({ 60: 0 }, { TreatMissingData: 'ignore' })).toBe('ok');
    expect(stateWith({})).toBe('unknown');
  });

  it('an alarm against what is usual is unknown where nobody has learned that', () => {
    const Metric = {
      Namespace: 'AWS/SQS',
      MetricName: 'Visible',
      Dimensions: alarm({}).Dimensions,
    };
    const more = {
      ComparisonOperator: 'LessThanLowerThreshold',
      ThresholdMetricId: 'band',
      Metrics: [
        { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(m0, 3)' },
        { Id: 'm0', MetricStat: { Metric, Period: 300, Stat: 'Sum' } },
      ],
    };
    expect(stateWith({ 7: 1, 1: 1 }, more)).toBe('unknown');
    expect(stateWith({ 7: 1, 1: 1 }, more, { leastUsualOf: () => 5 })).toBe('alarm');
    expect(stateWith({ 7: 6, 1: 1 }, more, { leastUsualOf: () => 5 })).toBe('ok');
  });
});
