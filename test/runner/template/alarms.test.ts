import { describe, expect, it } from 'vitest';
import { knownResourceTypes } from '../../../runner/known-resource-types.ts';
import { deployAssembly } from '../../../runner/template/deploy-assembly.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';

const deploy = (alarm: JsonObject) =>
  deployAssembly({
    stacks: [
      {
        name: 'Stack',
        template: {
          Resources: {
            Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } },
            Alarm: {
              Type: 'AWS::CloudWatch::Alarm',
              Properties: { AlarmActions: [{ Ref: 'Topic' }], ...alarm },
            },
          },
          Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Alarm', 'Arn'] } } },
        },
      },
    ],
    resourceTypes: knownResourceTypes,
    parameters: {},
  });

describe('alarms of a template', () => {
  it('alarms of a template have the names and ARNs that AWS gives them', () => {
    const { resources, outputs } = deploy({ AlarmName: 'cdr-failures' });

    expect(resources[1]).toMatchObject({
      ref: 'cdr-failures',
      properties: { AlarmActions: ['arn:aws:sns:eu-central-1:000000000000:alarms'] },
    });
    expect(outputs['Arn']).toBe('arn:aws:cloudwatch:eu-central-1:000000000000:alarm:cdr-failures');
  });

  it('an alarm with an unknown property stops the start', () => {
    expect(() => deploy({ EvaluateLowSampleCountPercentile: 'ignore' })).toThrow(
      /AWS::CloudWatch::Alarm.*EvaluateLowSampleCountPercentile/,
    );
  });
});
