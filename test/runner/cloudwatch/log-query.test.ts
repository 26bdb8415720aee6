import { describe, expect, it } from 'vitest';
import { embeddedMetrics } from '../../../runner/cloudwatch/dashboards/log-lines.ts';
import { runLogQuery, sourcesOf } from '../../../runner/cloudwatch/dashboards/log-query.ts';
import {
  createMetricStore,
  statisticOf,
} from '../../../runner/cloudwatch/dashboards/metric-store.ts';

const line = (time: string, fields: object) => ({
  timestamp: `2026-04-14T${time}:00.000Z`,
  ...fields,
});

describe('the queries of dashboards', () => {
  it('the counts of a measure are added up by action and outcome, the most first', () => {
    const query =
      "SOURCE '/aws/lambda/a' | SOURCE '/aws/lambda/b' | filter ispresent(Messages)\n| stats sum(Messages) as amount by action, outcome\n| sort amount desc\n| limit 2";
    const lines = [
      line('10:00', { action: 'Boot', outcome: 'refused', Messages: 2 }),
      line('10:01', { action: 'Start', outcome: 'failed', Messages: 1 }),
      line('10:02', { action: 'Start', outcome: 'failed', Messages: 4 }),
      line('10:03', { action: 'Stop', outcome: 'failed', Messages: 1 }),
      line('10:04', { action: 'Stop', outcome: 'answered', Sessions: 9 }),
    ];
    const { groups, query: rest } = sourcesOf(query);

    expect(groups).toEqual(['/aws/lambda/a', '/aws/lambda/b']);
    expect(runLogQuery(rest, lines)).toEqual({
      columns: ['action', 'outcome', 'amount'],
      rows: [
        ['Start', 'failed', 5],
        ['Boot', 'refused', 2],
      ],
    });
  });

  it('several measures are added up by the hour, each under its own word', () => {
    const query =
      'filter ispresent(Started) or ispresent(Ended) | stats sum(Started) as started, sum(Ended) as ended by bin(1h)';
    const lines = [
      line('10:10', { Started: 1 }),
      line('10:50', { Started: 1, Ended: 1 }),
      line('11:00', { Ended: 3 }),
    ];

    expect(runLogQuery(query, lines)?.rows).toEqual([
      [Date.parse('2026-04-14T10:00:00Z'), 2, 1],
      [Date.parse('2026-04-14T11:00:00Z'), 0, 3],
    ]);
  });

  it('the times that half of the lines, and all but one in twenty, stay within are found', () => {
    const query =
      'filter ispresent(Took) | stats count(*) as answered, pct(Took,50) as p50, pct(Took,95) as p95 by command';
    const lines = Array.from({ length: 20 }, (_, n) =>
      line('10:00', { command: 'Reset', Took: n + 1 }),
    );

    expect(runLogQuery(query, lines)?.rows).toEqual([['Reset', 20, 10, 19]]);
  });

  it('lines of a level are counted', () => {
    const query = 'filter level = "ERROR" | stats count(*) as errors by service, message';
    const lines = [
      line('10:00', { level: 'ERROR', service: 'cdr', message: 'x' }),
      line('10:01', { level: 'INFO' }),
    ];

    expect(runLogQuery(query, lines)?.rows).toEqual([['cdr', 'x', 1]]);
  });

  it('an error that a run broke off with is counted under its own sentence and the log that it is in', () => {
    const query =
      'filter level = "ERROR" | fields coalesce(service, @log) as function, coalesce(message, message.errorMessage) as error | stats count(*) as errors by function, error';
    const brokenOff = { errorType: 'TypeError', errorMessage: 'x is not a function' };
    const lines = [
      line('10:00', { level: 'ERROR', '@log': '1:/aws/lambda/cdr', message: brokenOff }),
      line('10:01', { level: 'ERROR', '@log': '1:/aws/lambda/cdr', service: 'cdr', message: 'y' }),
      line('10:02', { level: 'ERROR' }),
    ];

    expect(runLogQuery(query, lines)).toEqual({
      columns: ['function', 'error', 'errors'],
      rows: [
        ['', '', 1],
        ['1:/aws/lambda/cdr', 'x is not a function', 1],
        ['cdr', 'y', 1],
      ],
    });
  });

  it.each([
    'filter level = "ERROR" | fields strlen(message) as length | stats count(*) as errors by length',
    'fields @timestamp | sort @timestamp desc',
    'filter ispresent(A) | stats avg(A) as a by action',
    'filter A > 3 | stats sum(A) as a by action',
    'filter ispresent(A) | stats sum(A) as a by action | parse message "x"',
  ])('a query of another form is not computed: %s', (query) => {
    expect(runLogQuery(query, [line('10:00', { A: 1 })])).toBeUndefined();
  });
});

describe('the metrics of a running stack', () => {
  it('values in the embedded metric format are read from a line with their dimensions', () => {
    const directive = {
      Namespace: 'Joulegate',
      Dimensions: [['service']],
      Metrics: [{ Name: 'CdrsHeld', Unit: 'Count' }],
    };
    const at = Date.parse('2026-04-14T10:00:00Z');
    const written = {
      _aws: { Timestamp: at, CloudWatchMetrics: [directive] },
      service: 'joulegate',
      CdrsHeld: 2,
      cdrId: 'cdr_1',
    };

    expect(embeddedMetrics(written)).toEqual([
      {
        namespace: 'Joulegate',
        name: 'CdrsHeld',
        dimensions: { service: 'joulegate' },
        at,
        value: 2,
      },
    ]);
    expect(embeddedMetrics({ message: 'Counted' })).toEqual([]);
  });

  it('the statistic of a metric is that of each period', () => {
    const store = createMetricStore();
    const metric = { namespace: 'AWS/Lambda', name: 'Duration', dimensions: { FunctionName: 'f' } };
    for (const [at, value] of [
      [0, 10],
      [30_000, 30],
      [60_000, 5],
    ] as const) {
      store.put({ ...metric, at, value });
    }
    const of = (statistic: string) =>
      statisticOf(store.valuesOf(metric, 0), statistic, 60_000).map(({ value }) => value);

    expect(of('Sum')).toEqual([40, 5]);
    expect(of('Maximum')).toEqual([30, 5]);
    expect(of('p50')).toEqual([10, 5]);
    expect(of('SampleCount')).toEqual([2, 1]);
    expect(of('Average')).toEqual([20, 5]);
    expect(store.valuesOf({ ...metric, dimensions: { FunctionName: 'g' } }, 0)).toEqual([]);
  });
});
