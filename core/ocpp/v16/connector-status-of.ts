import type { ConnectorStatus } from '../../charger/connector-status.ts';
import type { StatusNotificationRequest } from '../generated/v16/status-notification-request.js';

const statuses = {
  Available: 'available',
  Preparing: 'preparing',
  Charging: 'charging',
  SuspendedEV: 'suspended-by-vehicle',
  SuspendedEVSE: 'suspended-by-charger',
  Finishing: 'finishing',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
} as const satisfies Record<StatusNotificationRequest['status'], ConnectorStatus>;

/** The state that a word of OCPP 1.6 means (section 7.7); throws for any other word, which the schema lets through nowhere. */
export const connectorStatusOf = (word: string): ConnectorStatus => {
  if (!Object.hasOwn(statuses, word)) throw new Error('A status that OCPP 1.6 does not have');
  return statuses[word as keyof typeof statuses];
};
