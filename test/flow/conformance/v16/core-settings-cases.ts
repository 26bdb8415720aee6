import type { ConformanceBlock } from '../conformance-case.ts';
import { isRefused, ordered, rejected, says } from '../steps.ts';

/** Cases of the core profile about settings, the cache of tokens and data of vendors. */
export const coreSettingsCases: ConformanceBlock = {
  name: 'Core: settings and data',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_019_1',
      statement: 'all configuration keys are asked for, and shown as the charger has them',
      steps: [
        ordered(
          { type: 'get-configuration' },
          ['GetConfiguration', {}],
          { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '560' }] },
          { state: 'accepted', response: { data: { keys: [{ value: '560' }] } } },
        ),
      ],
      leaves: {
        shows: { '/configuration': { settings: [{ key: 'HeartbeatInterval', value: '560' }] } },
      },
    },
    {
      id: 'TC_019_2',
      statement: 'one configuration key is asked for, and its value is in the outcome',
      steps: [
        ordered(
          { type: 'get-configuration', keys: ['SupportedFeatureProfiles', 'Nonsense'] },
          ['GetConfiguration', { key: ['SupportedFeatureProfiles', 'Nonsense'] }],
          {
            configurationKey: [{ key: 'SupportedFeatureProfiles', readonly: true, value: 'Core' }],
            unknownKey: ['Nonsense'],
          },
          {
            state: 'accepted',
            response: {
              data: {
                keys: [{ key: 'SupportedFeatureProfiles', value: 'Core' }],
                unknownKeys: ['Nonsense'],
              },
            },
          },
        ),
      ],
    },
    {
      id: 'TC_021',
      statement: 'a configuration key is set, and shown with its new value',
      steps: [
        ordered({ type: 'set-configuration', key: 'MeterValueSampleInterval', value: '60' }, [
          'ChangeConfiguration',
          { key: 'MeterValueSampleInterval', value: '60' },
        ]),
      ],
      leaves: {
        shows: {
          '/configuration': { settings: [{ key: 'MeterValueSampleInterval', value: '60' }] },
        },
      },
    },
    {
      id: 'TC_040_1',
      statement: 'a key that the charger does not support is rejected with its word',
      steps: [
        ordered(
          { type: 'set-configuration', key: 'NoSuchKey', value: '1' },
          ['ChangeConfiguration', { key: 'NoSuchKey', value: '1' }],
          { status: 'NotSupported' },
          rejected('not-supported', 'NotSupported'),
        ),
      ],
      leaves: { shows: { '/configuration': { settings: [] } } },
    },
    {
      id: 'TC_040_2',
      statement: 'a value that the charger refuses is rejected, and not shown as its setting',
      steps: [
        ordered(
          { type: 'set-configuration', key: 'MeterValueSampleInterval', value: '-1' },
          ['ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '-1' }],
          { status: 'Rejected' },
          rejected('rejected', 'Rejected'),
        ),
      ],
      leaves: { shows: { '/configuration': { settings: [] } } },
    },
    {
      id: 'TC_061',
      statement: 'the cache of tokens is cleared',
      steps: [ordered({ type: 'clear-cache' }, ['ClearCache', {}])],
    },
    {
      id: 'TC_064',
      statement:
        'a vendor message that nobody knows is answered UnknownVendorId, and kept as it came',
      steps: [
        says(
          'DataTransfer',
          { vendorId: 'com.acme', messageId: 'M1', data: 'x' },
          { status: 'UnknownVendorId' },
        ),
        isRefused('DataTransfer', { messageId: 'M1' }, 'OccurenceConstraintViolation'),
      ],
      leaves: {
        messages: [['DataTransfer', { vendorId: 'com.acme', messageId: 'M1', data: 'x' }]],
      },
    },
  ],
};
