import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resourcesOf, templateOf } from './synthesize.ts';

const template = templateOf();
const [sweep] = resourcesOf(template, 'AWS::Lambda::Function').filter(({ Properties }) =>
  JSON.stringify(Properties['Environment']).includes('"POWERTOOLS_SERVICE_NAME":"sweep"'),
);
const functionArn = { 'Fn::GetAtt': [sweep?.id, 'Arn'] };
const [rule, ...otherRules] = resourcesOf(template, 'AWS::Events::Rule');

const arn = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });

describe('the sweep', () => {
  it('the sweep is started every hour, and by nothing else', () => {
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

  it('the sweep reports to one queue if it cannot be started and if it fails', () => {
    const [config] = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig');
    const failed = z
      .object({ OnFailure: z.object({ Destination: arn }) })
      .parse(config?.Properties['DestinationConfig']);
    const [target] = z
      .tuple([z.object({ DeadLetterConfig: z.object({ Arn: arn }) })])
      .parse(rule?.Properties['Targets']);

    expect(config?.Properties).toMatchObject({
      FunctionName: { Ref: sweep?.id },
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 3600,
    });
    expect(failed.OnFailure.Destination).toEqual(target.DeadLetterConfig.Arn);
  });

  it('the sweep ends before the next one begins', () => {
    expect(Number(sweep?.Properties['Timeout'])).toBeLessThan(3600);
  });
});
