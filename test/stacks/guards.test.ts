import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { addGuards } from '../../lib/validation/add-guards.ts';
import { makeApp } from './synthesize.ts';

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

describe('the rule packs', () => {
  it.each([
    ['AWS Solutions', AwsSolutionsChecks],
    ['Serverless', ServerlessChecks],
  ])('the rule packs of %s find nothing without an acknowledged reason', (_, Pack) => {
    const { app } = makeApp();

    const report = new Pack(app).validateScope(app);

    expect(report.violations).toEqual([]);
  });

  it.each([
    { account: '123456789012', region: 'eu-central-1' },
    { stage: 'test' },
    {
      alarmEmail: 'night@operator.example',
      monthlyBudgetUsd: 100,
      backupMonths: 12,
      chargerHandshakesPerAddress: 2000,
      canaryMinutes: 5,
      alarms: 'all',
    },
  ])(
    'the rule packs find nothing without a reason at a synthesis with %j, and it warns of nothing but settings of the command line, and of alarms that reach nobody',
    (settings) => {
      const { app } = makeApp({ ...context, ...settings });
      addGuards(app);

      expect(() => app.synth()).not.toThrow();
      const warnings = app.node.children
        .filter((child) => Stack.isStack(child))
        .flatMap((stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()))
        .map(({ entry }) => String(entry.data));
      const isTold = 'alarmEmail' in settings || 'stage' in settings;
      expect(warnings.filter((warning) => !warning.includes('by -c'))).toEqual(
        isTold
          ? []
          : [
              expect.stringMatching(
                /^No alarmEmail in settings\/prod\.json: alarms are raised and reach nobody/,
              ),
            ],
      );
    },
  );

  it('the rule packs are active: a queue without TLS fails the synthesis', () => {
    const { app, service } = makeApp(context);
    addGuards(app);
    new CfnQueue(service, 'Planted');

    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
  });

  it('the validation of the CDK is also active: a value that CloudFormation would refuse fails the synthesis', () => {
    const { app, service } = makeApp(context);
    new CfnQueue(service, 'Planted', { messageRetentionPeriod: 1 });

    expect(() => app.synth()).toThrow(/Planted/);
  });

  it('the app passes the rule packs and the validation of the CDK', () => {
    const { app } = makeApp(context);
    addGuards(app);

    expect(() => app.synth()).not.toThrow();
  });
});
