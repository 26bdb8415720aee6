import type { ConformanceCase } from '../conformance-case.ts';
import { asked, aTime, isRefused, minute, ordered, posts, reconnects, says } from '../steps.ts';
import { baseReport, got, offline } from './base-report.ts';
import { boots, bootsAnd, connectors, status } from './messages.ts';

/** The operator holds the charger back; it connects again. */
const isHeld = (approval: 'pending' | 'rejected') => [
  posts('/approval', { approval }, { approval }),
  reconnects(),
];

const isAccepted = [
  posts('/approval', { approval: 'accepted' }, { approval: 'accepted' }),
  asked('TriggerMessage', { requestedMessage: 'BootNotification' }),
];

const refusedStatus = isRefused(
  'StatusNotification',
  { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp: minute(0) },
  'SecurityError',
);

/** The first boot of a charger that has yet to be accepted. */
export const firstBoot: ConformanceCase = {
  id: 'TC_B_02',
  statement:
    'a charger that waits to be accepted is asked and set, reports, and is accepted at the boot that it is asked for then',
  steps: [
    ...isHeld('pending'),
    bootsAnd('Pending'),
    ordered(
      { type: 'set-configuration', key: 'OCPPCommCtrlr.OfflineThreshold', value: '60' },
      ['SetVariables', { setVariableData: [{ ...offline, attributeValue: '60' }] }],
      { setVariableResult: [{ ...offline, attributeStatus: 'Accepted' }] },
    ),
    ordered(
      { type: 'get-variables', getVariableData: [offline] },
      ['GetVariables', { getVariableData: [offline] }],
      { getVariableResult: [got(offline, '60')] },
    ),
    ...baseReport('FullInventory').steps,
    ...isAccepted,
    boots,
    status('Available', 0),
  ],
  leaves: {
    ...baseReport('FullInventory').leaves,
    charger: { approval: 'accepted', model: 'Wallbox', ...connectors('Available') },
  },
};

/** Boots of chargers that are held back for longer. */
export const heldBoots: readonly ConformanceCase[] = [
  {
    id: 'TC_B_30',
    statement:
      'a charger that is not accepted is refused all but its boot, however it was turned away',
    steps: [
      ...isHeld('pending'),
      refusedStatus,
      bootsAnd('Pending'),
      refusedStatus,
      posts('/approval', { approval: 'rejected' }, { approval: 'rejected' }),
      bootsAnd('Rejected'),
      refusedStatus,
      posts('/approval', { approval: 'accepted' }, { approval: 'accepted' }),
      asked('TriggerMessage', { requestedMessage: 'BootNotification' }),
      boots,
      status('Available', 0),
    ],
    leaves: { charger: connectors('Available') },
  },
  {
    id: 'TC_B_31',
    statement:
      'a charger that waits to be accepted sends what it is asked for, and is accepted when it is asked to boot again',
    steps: [
      ...isHeld('pending'),
      bootsAnd('Pending'),
      ordered({ type: 'trigger', message: 'status' }, [
        'TriggerMessage',
        { requestedMessage: 'StatusNotification' },
      ]),
      status('Available', 0),
      isRefused('Heartbeat', {}, 'SecurityError'),
      ordered({ type: 'trigger', message: 'boot' }, [
        'TriggerMessage',
        { requestedMessage: 'BootNotification' },
      ]),
      bootsAnd('Pending'),
      ...isAccepted,
      boots,
      says('Heartbeat', {}, { currentTime: aTime }),
    ],
    leaves: { charger: { model: 'Wallbox', ...connectors('Available') } },
  },
];
