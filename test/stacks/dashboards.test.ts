import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prices } from '../../bench/aws-bill/prices.ts';
import { WidgetRequest } from '../../lambdas/widgets/widget-request.ts';
import { listPrices } from '../../lib/dashboards/cost-widgets.ts';
import { queueSteps, streamSteps } from '../../lib/functions/driven-steps.ts';
import { resourcesOf, templateOf } from './synthesize.ts';

const template = templateOf({ alarms: 'all' });

type DashboardWidget = {
  readonly type: string;
  readonly x: number;
  readonly width: number;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** A value of the template as text: names that AWS gives are said by the resource that has them. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, Ref, 'Fn::GetAtt': att } = value as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(textOf).join(String(join[0]));
  if (typeof Ref === 'string') return Ref.startsWith('AWS::') ? Ref : `<${Ref}>`;
  if (Array.isArray(att)) return `<${String(att[0])}>`;
  throw new Error(`not read here: ${JSON.stringify(value)}`);
}

const dashboards = resourcesOf(template, 'AWS::CloudWatch::Dashboard').map(({ Properties }) => ({
  name: String(Properties['DashboardName']),
  widgets: (JSON.parse(textOf(Properties['DashboardBody'])) as { widgets: DashboardWidget[] })
    .widgets,
}));
const widgets = dashboards.flatMap((one) => one.widgets);
const ofType = (type: string) => widgets.filter((one) => one.type === type);

type Line = { readonly namespace: string; readonly name: string; readonly dimensions: object };

/** The metrics of a widget. */
const linesOf = ({ properties }: DashboardWidget): readonly Line[] =>
  ((properties['metrics'] ?? []) as unknown[][]).map((entry) => {
    const [namespace = '', name = '', ...pairs] = entry.filter((one) => typeof one === 'string');
    const named = pairs.flatMap((word, n) => (n % 2 === 0 ? [[word, pairs[n + 1]]] : []));
    return { namespace, name, dimensions: Object.fromEntries(named) as object };
  });

const namesOf = (type: string, property: string): readonly string[] =>
  resourcesOf(template, type).map(({ id, Properties }) =>
    String(Properties[property] ?? `<${id}>`),
  );

describe('the dashboards of a stage', () => {
  it('there are three, which CloudWatch keeps free of charge with up to 50 metrics each', () => {
    expect(dashboards.map(({ name }) => name).sort()).toEqual([
      'joulegate-prod-fleet',
      'joulegate-prod-money',
      'joulegate-prod-system',
    ]);
    for (const { widgets: own } of dashboards) {
      expect(own.flatMap(linesOf).length).toBeLessThanOrEqual(50);
    }
  });

  it('the cost of use is computed by the list prices of the bench', () => {
    const { httpRequest, ...others } = listPrices;
    for (const [name, usd] of Object.entries(others)) {
      expect(prices[name as keyof typeof prices].usd, name).toBeCloseTo(usd, 15);
    }
    // As a message is: the bench counts no calls of the API.
    expect(httpRequest).toBe(prices.websocketMessage.usd);
  });

  it('no two lines of a graph have the same label', () => {
    const labels = ofType('metric')
      .map(({ properties }) => (properties['metrics'] ?? []) as readonly unknown[][])
      .map((lines) =>
        lines.flatMap((line) => {
          const { label, visible, expression } = Object(line.at(-1)) as Record<string, unknown>;
          return visible === false || expression !== undefined ? [] : [label ?? line[1]];
        }),
      );
    expect(labels.flat().length).toBeGreaterThan(50);
    for (const own of labels) expect(own).toEqual([...new Set(own)]);
  });

  it('every widget has its place inside of the 24 columns', () => {
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
    expect(widgets.length).toBeGreaterThan(20);
  });

  it('every metric is of a function, a queue, a table or an API that exists, or one of our two', () => {
    const known: Readonly<Record<string, readonly string[]>> = {
      FunctionName: namesOf('AWS::Lambda::Function', 'FunctionName'),
      QueueName: namesOf('AWS::SQS::Queue', 'QueueName'),
      TableName: resourcesOf(template, 'AWS::DynamoDB::GlobalTable').map(({ id }) => `<${id}>`),
      ApiId: resourcesOf(template, 'AWS::ApiGatewayV2::Api').map(({ id }) => `<${id}>`),
      service: ['joulegate'],
    };
    const lines = ofType('metric').flatMap(linesOf);

    expect(lines.length).toBeGreaterThan(50);
    for (const { namespace, dimensions } of lines) {
      if (namespace === 'AWS/Usage') continue;
      for (const [dimension, value] of Object.entries(dimensions)) {
        expect(known[dimension], dimension).toContain(value);
      }
    }
  });

  it('no dimension of a metric grows with the fleet', () => {
    const dimensions = new Set(
      ofType('metric')
        .flatMap(linesOf)
        .flatMap((line) => Object.keys(line.dimensions)),
    );

    expect([...dimensions].sort()).toEqual(
      [
        'ApiId',
        'Class',
        'FunctionName',
        'QueueName',
        'Resource',
        'Service',
        'TableName',
        'Type',
        'service',
      ].sort(),
    );
  });

  it('every query is about log groups that exist, and adds up measures that functions write', () => {
    const groups = namesOf('AWS::Logs::LogGroup', 'LogGroupName');
    const metrics = readFileSync(
      new URL('../../lambdas/runtime/metrics.ts', import.meta.url),
      'utf8',
    );
    const [, union = ''] = /export type Measure =([^;]+);/.exec(metrics) ?? [];
    const measures = [...union.matchAll(/'(\w+)'/g)].map(([, name]) => name);

    expect(ofType('log').length).toBeGreaterThan(5);
    for (const { properties } of ofType('log')) {
      const query = String(properties['query']);
      const sources = [...query.matchAll(/SOURCE '([^']+)'/g)].map(([, name]) => name);
      expect(sources).not.toEqual([]);
      for (const source of sources) expect(groups).toContain(source);
      for (const [, field] of query.matchAll(/(?:ispresent|sum|pct)\((\w+)[,)]/g)) {
        expect(measures).toContain(field);
      }
    }
  });

  it('every custom widget is drawn by the function of widgets, which knows its parameters', () => {
    const [drawing] = resourcesOf(template, 'AWS::Lambda::Function').filter(
      ({ Properties }) => Properties['FunctionName'] === 'joulegate-prod-widgets',
    );

    expect(ofType('custom').length).toBeGreaterThan(4);
    for (const { properties } of ofType('custom')) {
      expect(properties['endpoint']).toBe(`<${drawing?.id}>`);
      expect(WidgetRequest.safeParse(properties['params']).success).toBe(true);
    }
  });

  it('every alarm of the stage is shown', () => {
    const shown = ofType('alarm').flatMap(({ properties }) => properties['alarms'] as string[]);
    const all = [
      ...namesOf('AWS::CloudWatch::Alarm', 'AlarmName'),
      ...namesOf('AWS::CloudWatch::CompositeAlarm', 'AlarmName'),
    ];

    expect(shown.map((arn) => arn.split(':alarm:')[1]).sort()).toEqual([...all].sort());
  });

  it('the steps that are watched for their lag are those that a stream or a queue drives', () => {
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
    const drivenBy = (property: string) =>
      mappings
        .filter(({ Properties }) => property in Properties)
        .map(({ Properties }) => textOf(Properties['FunctionName']).slice(1, -1))
        .map(
          (id) => template.findResources('AWS::Lambda::Function')[id]?.['Properties'].FunctionName,
        )
        .map((name) => String(name).replace('joulegate-prod-', ''));

    expect(drivenBy('StartingPosition').sort()).toEqual([...streamSteps].sort());
    expect(drivenBy('ScalingConfig').sort()).toEqual([...queueSteps].sort());
  });
});
