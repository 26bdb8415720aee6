import { readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { composites } from './announcements.ts';
import { deployment } from './states-of-conditions.ts';
import { makeApp, resourcesOf, templateOf } from './synthesize.ts';

const settings = {
  ...{ alarms: 'all', canaryMinutes: 5, monthlyBudgetUsd: 300 },
  alarmEmail: 'night@operator.example',
};
const template = templateOf(settings);
const all = Object.entries(
  (template.toJSON()['Resources'] ?? {}) as Record<
    string,
    { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
  >,
).map(([id, { Type, Properties = {} }]) => ({ id, Type, Properties }));

type Widget = {
  readonly type: string;
  readonly properties: {
    readonly query?: string;
    readonly metrics?: readonly unknown[];
    readonly period?: number;
  };
};
const widgets: readonly Widget[] = deployment.resources
  .filter(({ type }) => type === 'AWS::CloudWatch::Dashboard')
  .flatMap(({ properties }) => JSON.parse(String(properties['DashboardBody'])).widgets);
const logGroups = resourcesOf(template, 'AWS::Logs::LogGroup');

/** The names that AWS knows a resource by, of those that can have only one of a name. */
const nameOf = ({ Type, Properties }: (typeof all)[number]): string | undefined => {
  const ofSomethingElse = ['MetricFilter', 'EventInvokeConfig', 'Permission'];
  if (ofSomethingElse.some((kind) => Type.endsWith(`::${kind}`))) return undefined;
  const properties = [
    ...['AlarmName', 'DashboardName', 'QueueName', 'TableName', 'FunctionName', 'TopicName'],
    ...['LogGroupName', 'AliasName', 'BucketName', 'BackupVaultName', 'RoleName'],
    ...(['AWS::Events::Rule', 'AWS::ApiGatewayV2::Api'].includes(Type) ? ['Name'] : []),
  ];
  const name = properties.map((one) => Properties[one]).find((one) => typeof one === 'string');
  return name === undefined ? undefined : `${Type} ${name}`;
};

// Each is a report of somebody whose deployment failed, or whose alarm or dashboard stayed silent.
describe('what others have reported of CloudFormation', () => {
  // cdklabs/cdk-monitoring-constructs#357, guardian/support-service-lambdas#2676: "already exists".
  it('what has a name keeps its logical id: one that changed would be made before the old one is deleted, under a name that is taken', () => {
    const file = new URL('../golden/stacks/logical-ids.json', import.meta.url);
    const known = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    const found = Object.fromEntries(
      all.flatMap((one) => {
        const name = nameOf(one);
        return name === undefined || one.Type.startsWith('AWS::Backup') ? [] : [[name, one.id]];
      }),
    );
    // A new name is a new line of the file; a line is removed with its resource, and never changed.
    expect(found).toEqual(known);
  });

  // aws/aws-cdk#12662, awsdocs/aws-cloudformation-user-guide#911: "alarms in the alarm rule do not exist".
  it('an alarm over others is made after all of them: by reference, or because their stack is deployed before', () => {
    const { app, queues, service } = makeApp(settings);
    const deployedBefore = app
      .synth()
      .getStackByName(service.stackName)
      .dependencies.map(({ id }) => id);
    expect(deployedBefore).toContain(queues.stackName);
    const alarmsOf = (stack: Stack) =>
      stack.node
        .findAll()
        .flatMap((one) => ('alarmName' in one && 'alarmArn' in one ? [one.node.path] : []));
    expect(alarmsOf(queues).length).toBeGreaterThan(9);
    const rules = resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').map(({ Properties }) =>
      JSON.stringify(Properties['AlarmRule']),
    );
    for (const rule of rules) {
      const parts = rule.match(/ALARM\(/g)?.length ?? 0;
      const byReference = rule.match(/"Fn::GetAtt"/g)?.length ?? 0;
      const ofQueues = rule.match(/:alarm:joulegate-prod-\w+-failures/g)?.length ?? 0;
      expect([rule, byReference + ofQueues]).toEqual([rule, parts]);
    }
  });

  // hashicorp/terraform-provider-aws#34807, cloud-custodian/cloud-custodian#7763: "Cannot delete … as there are composite alarm(s) depending on it".
  it('no alarm over others waits for itself by way of another, which could never be deleted', () => {
    const nextOf = new Map(composites.map(({ name, after }) => [name, after]));
    for (const { name } of composites) {
      const chain: string[] = [];
      for (let one: string | undefined = name; one !== undefined; one = nextOf.get(one)) {
        expect(chain).not.toContain(one);
        chain.push(one);
      }
    }
  });

  // aws/aws-cdk#38057: an alarm over others has a name that a second deployment cannot have too.
  it('no name of one stage is one of another in the same account', () => {
    const names = (stage: string) =>
      resourcesOf(templateOf({ ...settings, stage }), 'AWS::CloudWatch::CompositeAlarm').map(
        ({ Properties }) => String(Properties['AlarmName']),
      );
    expect(names('test').filter((name) => names('prod').includes(name))).toEqual([]);
    expect(names('test')).toHaveLength(composites.length);
  });
});

describe('what others have reported of alarms that stayed silent', () => {
  // aws/aws-cdk#11121, ASFHyP3/hyp3#762: an alarm cannot publish to a topic that the default key encrypts.
  it('the topic of alarms is not encrypted by a key that CloudWatch may not use', () => {
    const [topic] = resourcesOf(template, 'AWS::SNS::Topic');
    expect(topic?.Properties).not.toHaveProperty('KmsMasterKeyId');
  });

  // serverless/serverless#13601: logs of the class Infrequent Access have neither metric filters nor metrics in their lines.
  it('every log of a function, and every one that a metric is made of, is of the standard class', () => {
    const ofFunctions = logGroups.filter(({ Properties }) =>
      JSON.stringify(Properties['LogGroupName']).includes('/aws/lambda/'),
    );
    expect(ofFunctions.length).toBeGreaterThan(15);
    for (const { Properties } of ofFunctions) {
      expect(Properties['LogGroupClass'] ?? 'STANDARD').toBe('STANDARD');
    }
    const filters = resourcesOf(template, 'AWS::Logs::MetricFilter');
    const ids = ofFunctions.map(({ id }) => `"${id}"`);
    for (const { Properties } of filters) {
      const group = JSON.stringify(Properties['LogGroupName']);
      expect(ids.some((id) => group.includes(id))).toBe(true);
    }
  });

  // aws/aws-cdk#36901: "Regular expression evaluation time exceeded allowed limit", at some deployments and not at others.
  it('no metric filter has a regular expression', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::Logs::MetricFilter')) {
      expect(String(Properties['FilterPattern'])).not.toContain('%');
    }
  });

  // aws-samples/aws-eda-slurm-cluster#50, ACloudGuru/serverless-plugin-aws-alerts#107: a dimension of nothing has no data, and no error.
  it('every function, queue, table and API that an alarm or a dashboard watches is there', () => {
    const { resources } = deployment;
    const refs = new Set(
      resources.flatMap(({ ref, properties }) => [ref, String(properties['QueueName'] ?? ref)]),
    );
    const text = JSON.stringify([
      widgets,
      resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm'),
    ]);
    const named = /"(?:FunctionName|QueueName|TableName|ApiId)",(?:"Value":)?"([^"]+)"/g;
    const pairs = [...text.matchAll(named)];
    expect(pairs.length).toBeGreaterThan(60);
    expect(pairs.filter(([, value = '']) => !refs.has(value)).map(([pair]) => pair)).toEqual([]);
  });
});

describe('what others have reported of dashboards that stayed empty', () => {
  // aws/aws-cli#4487: without quotation marks a query finds no log.
  it('every query names logs that are there, in quotation marks', () => {
    const names = new Set(
      deployment.resources
        .filter(({ type }) => type === 'AWS::Logs::LogGroup')
        .map(({ ref }) => ref),
    );
    const queries = widgets.flatMap(({ properties }) => properties.query ?? []);
    expect(queries.length).toBeGreaterThan(5);
    for (const query of queries) {
      const sources = query.split('|').filter((part) => part.trim().startsWith('SOURCE'));
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) {
        const [, name = ''] = /^SOURCE '([^']+)'$/.exec(source.trim()) ?? [];
        expect([source, names.has(name)]).toEqual([source, true]);
      }
    }
  });

  // aws/aws-cdk#28286 and #6746: a row of metrics is a list of lists.
  it('the metrics of a widget are lists, each with a name or with an expression', () => {
    const rows = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      expect(Array.isArray(row)).toBe(true);
      const [first] = row as readonly unknown[];
      const isExpression = typeof first === 'object' && first !== null && 'expression' in first;
      expect(isExpression || typeof first === 'string').toBe(true);
    }
  });

  // aws/aws-cdk#7153: an expression in a widget is computed by the period of the widget, five minutes unless it says otherwise.
  it('an expression in a widget has the period of the metrics that it is made of', () => {
    const periodIn = (row: unknown): number | undefined =>
      ((row as readonly unknown[]).at(-1) as { period?: number }).period;
    const found = widgets.filter(({ properties }) =>
      JSON.stringify(properties.metrics ?? []).includes('"expression"'),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { properties } of found) {
      const { metrics = [], period = 300 } = properties;
      expect(new Set(metrics.map((row) => periodIn(row) ?? period)).size).toBe(1);
    }
  });
});
