import type { ConformanceBlock } from '../conformance-case.ts';
import { aTime, minute, ordered, rejected, says } from '../steps.ts';
import { boots, status } from './messages.ts';

const triggers = (message: string, requestedMessage: string, connectorId?: number) => {
  const place = connectorId === undefined ? {} : { connectorId };
  return ordered({ type: 'trigger', message, ...place }, [
    'TriggerMessage',
    { requestedMessage, ...place },
  ]);
};

/** Cases of triggered messages. */
export const triggerCases: ConformanceBlock = {
  name: 'Remote trigger',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_054',
      statement:
        'each message that a charger can be asked for is asked for and answered, and the states that it says are shown',
      steps: [
        triggers('meter-values', 'MeterValues', 1),
        says('MeterValues', {
          connectorId: 1,
          meterValue: [
            { timestamp: minute(0), sampledValue: [{ value: '12', context: 'Trigger' }] },
          ],
        }),
        triggers('heartbeat', 'Heartbeat'),
        says('Heartbeat', {}, { currentTime: aTime }),
        triggers('status', 'StatusNotification', 1),
        status('Available', 5),
        triggers('diagnostics-status', 'DiagnosticsStatusNotification'),
        says('DiagnosticsStatusNotification', { status: 'Idle' }),
        triggers('firmware-status', 'FirmwareStatusNotification'),
        says('FirmwareStatusNotification', { status: 'Idle' }),
        triggers('boot', 'BootNotification'),
        boots,
      ],
      leaves: {
        messages: [
          ['DiagnosticsStatusNotification', { status: 'Idle' }],
          ['FirmwareStatusNotification', { status: 'Idle' }],
        ],
        charger: {
          model: 'Wallbox',
          connectors: [{ connectorId: 1, status: 'Available', statusAt: minute(5) }, {}],
        },
      },
    },
    {
      id: 'TC_055',
      statement: 'a message that the charger does not send on demand is rejected',
      steps: [
        ordered(
          { type: 'trigger', message: 'meter-values', connectorId: 1 },
          ['TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 1 }],
          { status: 'Rejected' },
          rejected('rejected', 'Rejected'),
        ),
      ],
    },
  ],
};
