import { readFileSync } from 'node:fs';
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
  ])('of %s find nothing that has no reason', (_, Pack) => {
    const { app } = makeApp();

    const report = new Pack(app).validateScope(app);

    expect(report.violations).toEqual([]);
  });

  it.each([{ account: '123456789012', region: 'eu-central-1' }, { stage: 'test' }])(
    'find nothing that has no reason at a synthesis with %j',
    (settings) => {
      const { app } = makeApp({ ...context, ...settings });
      addGuards(app);

      expect(() => app.synth()).not.toThrow();
    },
  );

  it('are on: a queue without TLS fails the synthesis', () => {
    const { app, service } = makeApp(context);
    addGuards(app);
    new CfnQueue(service, 'Planted');

    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
  });

  it('go with the own validation of the CDK: a value that CloudFormation would refuse fails too', () => {
    const { app, service } = makeApp(context);
    new CfnQueue(service, 'Planted', { messageRetentionPeriod: 1 });

    expect(() => app.synth()).toThrow(/Planted/);
  });

  it('let the app as it is pass, with the own validation of the CDK on', () => {
    const { app } = makeApp(context);
    addGuards(app);

    expect(() => app.synth()).not.toThrow();
  });
});
