import { describe, expect, it } from 'vitest';
import { templateOf } from './synthesize.ts';

const template = templateOf();

describe('the outputs', () => {
  it.each(['HttpUrl', 'ChargerUrl', 'FeedUrl', 'PathFunctionName', 'OperatorsFunctionName'])(
    'the outputs state %s',
    (output) => {
      expect(template.findOutputs(output)).toHaveProperty(output);
    },
  );

  it('the outputs name the domain of the operator if it has one', () => {
    expect(template.findParameters('ChargerUrl')).toMatchObject({ ChargerUrl: { Default: '' } });
    expect(template.findOutputs('ChargerUrl')).toMatchObject({
      ChargerUrl: { Value: { 'Fn::If': ['ChargerUrlIsGiven', { Ref: 'ChargerUrl' }, {}] } },
    });
  });

  it('the outputs state what of the settings the command line alone gave, as the next deployment without it takes that back', () => {
    const settings = templateOf({ chargerHandshakesPerSecond: 500, liveWindowSeconds: '300' });

    expect(settings.findOutputs('SettingsOfTheCommandLine')).toEqual({
      SettingsOfTheCommandLine: {
        Value:
          'liveWindowSeconds is 300 by -c, but 65 in settings/prod.json: a deployment without -c takes it back. ' +
          'chargerHandshakesPerSecond is 500 by -c, but 250 in settings/prod.json: a deployment without -c takes it back.',
      },
    });
    expect(template.findOutputs('SettingsOfTheCommandLine')).toEqual({});
  });
});
