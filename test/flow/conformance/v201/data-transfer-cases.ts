import type { ConformanceBlock } from '../conformance-case.ts';
import { aTime, isRefused, minute, says } from '../steps.ts';

const customData = { vendorId: 'com.acme', colour: 'green' };

/** Block P, data of vendors. */
export const dataTransferCases: ConformanceBlock = {
  name: 'P Data transfer',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_P_02',
      statement:
        'a vendor message that nobody knows is answered UnknownVendorId, and kept as it came',
      steps: [
        says(
          'DataTransfer',
          { vendorId: 'com.acme', messageId: 'M1', data: { depth: [1, 2] } },
          { status: 'UnknownVendorId' },
        ),
        isRefused('DataTransfer', { messageId: 'M1' }, 'OccurrenceConstraintViolation'),
      ],
      leaves: {
        messages: [
          ['DataTransfer', { vendorId: 'com.acme', messageId: 'M1', data: { depth: [1, 2] } }],
        ],
      },
    },
    {
      id: 'TC_P_03',
      statement:
        'what a vendor adds to a message changes nothing about its answer, and is kept with it',
      steps: [
        says('Heartbeat', { customData }, { currentTime: aTime }),
        says('SecurityEventNotification', {
          type: 'SettingSystemTime',
          timestamp: minute(0),
          customData,
        }),
      ],
      leaves: {
        messages: [['SecurityEventNotification', { type: 'SettingSystemTime', customData }]],
      },
    },
  ],
};
