import type { ConnectorStatus } from '../charger/connector-status.ts';

/** The meaning of a connector's status for its uptime. A session, a reservation and a free connector are the same to it: the connector works. */
export type ReportedState = 'up' | 'unavailable' | 'faulted';

/** All reported states, in the order in which the last of several at one instant counts. */
export const reportedStates = ['up', 'unavailable', 'faulted'] as const satisfies ReportedState[];

/** The state that a status means for the uptime of its connector. */
export function reportedStateOf(status: ConnectorStatus): ReportedState {
  switch (status) {
    case 'unavailable':
    case 'faulted':
      return status;
    case 'available':
    case 'preparing':
    case 'charging':
    case 'suspended-by-vehicle':
    case 'suspended-by-charger':
    case 'finishing':
    case 'reserved':
    case 'occupied':
      return 'up';
    default:
      return status satisfies never;
  }
}

/** The reported state that was stored; undefined for any other text. */
export const reportedStateFrom = (text: string | undefined): ReportedState | undefined =>
  reportedStates.find((one) => one === text);
