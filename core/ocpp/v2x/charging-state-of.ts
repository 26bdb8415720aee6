import type { ConnectorStatus } from '../../charger/connector-status.ts';
import type { TransactionMessage } from './transaction-message.ts';

/** The reasons of a message (triggerReason) that end the charging, whatever state it says. */
export const endsCharging: ReadonlySet<string> = new Set([
  'StopAuthorized',
  'RemoteStop',
  'EnergyLimitReached',
  'TimeLimitReached',
  'CostLimitReached',
  'SoCLimitReached',
]);

const afterCharging: ReadonlySet<string> = new Set([
  ...endsCharging,
  'Deauthorized',
  'EVDeparted',
  'EVCommunicationLost',
]);

/**
 * The state of the connector that a chargingState of OCPP 2.x means, in the words of all versions (part 2 section 3.12); undefined
 * where the message says none. A vehicle that is merely connected has not begun to charge, unless the message says what ended it.
 */
export const chargingStateOf = ({
  transactionInfo,
  triggerReason = '',
}: TransactionMessage): ConnectorStatus | undefined => {
  switch (transactionInfo.chargingState) {
    case 'Charging':
      return 'charging';
    case 'SuspendedEV':
      return 'suspended-by-vehicle';
    case 'SuspendedEVSE':
      return 'suspended-by-charger';
    case 'EVConnected':
      return afterCharging.has(triggerReason) ? 'finishing' : 'preparing';
    // No vehicle is connected, whoever is authorized: nothing can be charged.
    case 'Idle':
      return 'available';
    default:
      return undefined;
  }
};
