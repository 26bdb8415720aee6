import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  awaitedSteps,
  chargerSteps,
  queueSteps,
  streamSteps,
} from '../../lib/functions/driven-steps.ts';
import { resourcesOf, type TestResource, templateOf } from './synthesize.ts';

const settings = { alarms: 'all', monthlyBudgetUsd: 300, alarmEmail: 'night@operator.example' };
const template = templateOf({ ...settings, canaryMinutes: 15 });
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

const day = 86_400;

type Query = {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Period: number; readonly Metric: object };
};
const queriesOf = ({ Properties }: TestResource) => (Properties['Metrics'] ?? []) as Query[];
const periodsOf = (alarm: TestResource): readonly number[] => {
  const own = alarm.Properties['Period'];
  return own === undefined
    ? queriesOf(alarm).flatMap(({ MetricStat }) => MetricStat?.Period ?? [])
    : [Number(own)];
};
const nameOf = ({ Properties }: TestResource) =>
  String(Properties['AlarmName']).replace('joulegate-prod-', '');

/** Limits that a deployment alone would show, or only the day on which an alarm should have been raised. */
describe('what CloudWatch takes', () => {
  it.each(alarms.map((alarm) => [nameOf(alarm), alarm] as const))(
    'the alarm %s looks at one length of period, within a day or a week, and at ten metrics at most',
    (_, alarm) => {
      const [period = 0, ...others] = new Set(periodsOf(alarm));
      const range = period * Number(alarm.Properties['EvaluationPeriods']);

      expect(others).toEqual([]);
      expect(period % 60).toBe(0);
      expect(range).toBeLessThanOrEqual(period < 3600 ? day : 7 * day);
      expect(queriesOf(alarm).filter((one) => one.MetricStat).length).toBeLessThanOrEqual(10);
      expect(String(alarm.Properties['AlarmDescription']).length).toBeLessThanOrEqual(1024);
    },
  );

  it('an expression names metrics that are there, by ids in lower case, and numbers without an exponent', () => {
    for (const alarm of alarms) {
      const ids = queriesOf(alarm).map(({ Id }) => Id);
      for (const id of ids) expect(id).toMatch(/^[a-z]\w*$/);
      for (const { Expression = '' } of queriesOf(alarm)) {
        expect(Expression).not.toMatch(/\d[eE][+-]?\d/);
        for (const [used] of Expression.matchAll(/\b[a-z]\w*/g)) expect(ids).toContain(used);
      }
    }
  });

  it('an alarm that silence raises looks at periods in which something has to happen', () => {
    const breaching = alarms.filter(
      ({ Properties }) => Properties['TreatMissingData'] === 'breaching',
    );
    // The canary comes once in each, chargers in any.
    expect(breaching.map((alarm) => [nameOf(alarm), periodsOf(alarm)])).toEqual([
      ['canary', [900]],
      ['chargers-silent', [300]],
    ]);
  });

  it('an alarm over others has at most a hundred of them, in a rule that is not too long', () => {
    const [all] = resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm');
    const rule = JSON.stringify(all?.Properties['AlarmRule']);
    const parts = rule.match(/ALARM\(/g)?.length ?? 0;
    // With ARNs of 100 characters in the place of references.
    expect(parts).toBeLessThanOrEqual(100);
    expect(parts * 120).toBeLessThan(10_240);
  });

  it('a metric filter has a default or dimensions and not both, and the alarm watches the metric that it makes', () => {
    const watched = JSON.stringify(alarms.flatMap(queriesOf));
    for (const { Properties } of resourcesOf(template, 'AWS::Logs::MetricFilter')) {
      for (const made of Properties['MetricTransformations'] as Record<string, unknown>[]) {
        expect(made['Dimensions']).toBeUndefined();
        expect(made['DefaultValue']).toBe(0);
        const metric = { MetricName: made['MetricName'], Namespace: made['MetricNamespace'] };
        expect(watched).toContain(`"Metric":${JSON.stringify(metric)}`);
      }
    }
  });

  it('a dashboard has at most 500 widgets, and a query of logs at most 50 groups', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::CloudWatch::Dashboard')) {
      const { 'Fn::Join': join } = Properties['DashboardBody'] as {
        'Fn::Join': [string, unknown[]];
      };
      const body = join[1].map((part) => (typeof part === 'string' ? part : 'x')).join('');
      const { widgets } = JSON.parse(body) as { widgets: { properties: { query?: string } }[] };
      expect(widgets.length).toBeGreaterThan(5);
      expect(widgets.length).toBeLessThanOrEqual(500);
      for (const { properties } of widgets) {
        const groups = (properties.query ?? '').match(/SOURCE '/g)?.length ?? 0;
        expect(groups).toBeLessThanOrEqual(50);
      }
    }
  });
});

describe('what Lambda and SQS take', () => {
  it('a stream or a queue is filtered by at most five patterns', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::Lambda::EventSourceMapping')) {
      const { Filters = [] } = (Properties['FilterCriteria'] ?? {}) as { Filters?: unknown[] };
      expect(Filters.length).toBeLessThanOrEqual(5);
    }
  });

  it('a message keeps its age in a failure queue, which therefore keeps it for as long as any queue can', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::SQS::Queue')) {
      if (!String(Properties['QueueName']).endsWith('-failures')) continue;
      expect(Properties['MessageRetentionPeriod']).toBe(14 * day);
    }
  });
});

it.each([
  ['stream-lag', streamSteps],
  ['queue-age', queueSteps],
  ['function-throttles', awaitedSteps],
  ['message-errors', chargerSteps],
] as const)(
  'the section %s of the runbook names each step that its alarm watches',
  (name, steps) => {
    const [section = ''] = (runbook.split(`\n## ${name}\n`)[1] ?? '').split('\n## ');
    for (const step of steps) expect(section).toContain(`\`${step}\``);
  },
);
