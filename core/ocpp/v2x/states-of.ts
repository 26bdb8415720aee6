import type { ConnectorState } from '../../metering/model/reading.ts';
import { chargingStateOf } from './charging-state-of.ts';
import { stageOf, type TransactionMessage } from './transaction-message.ts';

/**
 * The state of its connector that a message of a transaction says, where it says one. `chargingState` is required only where it has
 * changed (part 2, TransactionType), so that the reason of a message without one counts: a cable is plugged in.
 */
export const statesOf = (
  wire: TransactionMessage,
  receivedAt: number,
): readonly ConnectorState[] => {
  const isPluggedIn =
    wire.triggerReason === 'CablePluggedIn' && stageOf(wire.eventType) === 'updated';
  const status = chargingStateOf(wire) ?? (isPluggedIn ? 'occupied' : undefined);
  if (status === undefined) return [];
  const timestamp = wire.timestamp || new Date(receivedAt).toISOString();
  return [{ timestamp, receivedAt, status, ...(isPluggedIn && { pluggedIn: true }) }];
};
