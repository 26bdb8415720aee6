import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { makeApp, resourcesOf } from './synthesize.ts';

const template = Template.fromStack(makeApp().service);
const [sweep] = resourcesOf(template, 'AWS::Lambda::Function').filter(({ Properties }) =>
  JSON.stringify(Properties['Environment']).includes('"POWERTOOLS_SERVICE_NAME":"sweep"'),
);
const functionArn = { 'Fn::GetAtt': [sweep?.id, 'Arn'] };
const [rule, ...otherRules] = resourcesOf(template, 'AWS::Events::Rule');

/** The queue that a reference to its ARN names. */
const queueIn = (reference: unknown): string =>
  (reference as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];

describe('the sweep', () => {
  it('is run every hour, and by nothing else', () => {
    expect(otherRules).toEqual([]);
    expect(rule?.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      Targets: [{ Arn: functionArn, RetryPolicy: { MaximumEventAgeInSeconds: 3600 } }],
    });
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission').filter(
      ({ Properties }) =>
        JSON.stringify(Properties['FunctionName']) === JSON.stringify(functionArn),
    );
    expect(permissions.map(({ Properties }) => Properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn,
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [rule?.id, 'Arn'] },
      },
    ]);
  });

  it('leaves word in one queue when it cannot be run, and when it fails', () => {
    const [config] = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig');
    const { DestinationConfig } = config?.Properties ?? {};
    const failed = (DestinationConfig as { OnFailure: { Destination: unknown } }).OnFailure;
    const [target] = rule?.Properties['Targets'] as [{ DeadLetterConfig: { Arn: unknown } }];

    expect(config?.Properties).toMatchObject({
      FunctionName: { Ref: sweep?.id },
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 3600,
    });
    expect(queueIn(failed.Destination)).toBe(queueIn(target.DeadLetterConfig.Arn));
  });

  it('is over before the next one begins', () => {
    expect(Number(sweep?.Properties['Timeout'])).toBeLessThan(3600);
  });
});
