import { describe, expect, it } from 'vitest';
import { withSettings } from '../../cli/commands/configuration-set.ts';

const none = { useDefaults: null, ocpp16: {}, ocpp2: {} };

describe('joulegate configuration set', () => {
  it('a key with a component is one of OCPP 2, any other one of OCPP 1.6', () => {
    const words = [
      'HeartbeatInterval=300',
      'SampledDataCtrlr.TxUpdatedInterval=30',
      'Connector@1/2.Available=true',
      'Display[front].Color[night]=red',
    ];
    expect(withSettings(none, words)).toEqual({
      useDefaults: null,
      ocpp16: { HeartbeatInterval: '300' },
      ocpp2: {
        'SampledDataCtrlr.TxUpdatedInterval': '30',
        'Connector@1/2.Available': 'true',
        'Display[front].Color[night]': 'red',
      },
    });
  });

  it('a value may be empty or contain the sign of equality, and a key without a value is left to the charger', () => {
    expect(withSettings(none, ['StopTxnSampledData=', 'Url=a=b', 'Language']).ocpp16).toEqual({
      StopTxnSampledData: '',
      Url: 'a=b',
      Language: null,
    });
  });

  it('other settings stay, and a key that was set in another case is replaced', () => {
    const before = { useDefaults: false, ocpp16: { LANGUAGE: 'de', Light: '1' }, ocpp2: {} };
    expect(withSettings(before, ['Language=pt'])).toEqual({
      useDefaults: false,
      ocpp16: { Light: '1', Language: 'pt' },
      ocpp2: {},
    });
  });

  it('a word without a key is refused', () => {
    expect(() => withSettings(none, ['=1'])).toThrow('"=1" is not of the form KEY=VALUE.');
  });
});
