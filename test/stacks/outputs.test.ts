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
});
