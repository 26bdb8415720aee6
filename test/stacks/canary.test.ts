import { describe, expect, it } from 'vitest';
import { resourcesOf, templateOf } from './synthesize.ts';

const ofCanary = (text: unknown): boolean => JSON.stringify(text).includes('joulegate-prod-canary');

describe('the canary', () => {
  it('there is none unless the settings ask for it', () => {
    expect(ofCanary(templateOf().toJSON())).toBe(false);
  });

  it('it runs at the pace of the settings, may do nothing but write its log, and finds its key and charger in a secret', () => {
    const template = templateOf({ canaryMinutes: 7 });

    template.hasResourceProperties('AWS::Events::Rule', {
      Name: 'joulegate-prod-canary',
      ScheduleExpression: 'rate(7 minutes)',
    });
    const [canary] = resourcesOf(template, 'AWS::Lambda::Function').filter(
      ({ Properties }) => Properties['FunctionName'] === 'joulegate-prod-canary',
    );
    expect(canary?.Properties['Environment']).toMatchObject({
      Variables: {
        CANARY_CHARGER_URL:
          '{{resolve:secretsmanager:joulegate-prod-canary:SecretString:chargerUrl::}}',
        CANARY_API_KEY: '{{resolve:secretsmanager:joulegate-prod-canary:SecretString:apiKey::}}',
      },
    });
    const roles = resourcesOf(template, 'AWS::IAM::Role').filter(
      ({ Properties }) =>
        Properties['Description'] === 'Plays a charger, from the handshake to the sealed CDR',
    );
    expect(roles).toHaveLength(1);
    const policies = roles[0]?.Properties['Policies'] as readonly { PolicyName: string }[];
    expect(policies.map(({ PolicyName }) => PolicyName)).toEqual(['log']);
    expect(Object.keys(template.findResources('AWS::IAM::Policy'))).toEqual([]);
  });

  it('an error twice in a row, and a canary that does not run, raise an alarm', () => {
    templateOf({ canaryMinutes: 7 }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'joulegate-prod-canary',
      MetricName: 'Errors',
      Period: 420,
      EvaluationPeriods: 2,
      Threshold: 0,
      TreatMissingData: 'breaching',
    });
  });
});
