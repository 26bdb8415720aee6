import type { ConnectorStatus } from '../../charger/connector-status.ts';
import type { ConnectorState } from '../../metering/model/reading.ts';
import { chargingStateOf, endsCharging } from './charging-state-of.ts';
import { stageOf, type TransactionMessage } from './transaction-message.ts';

/**
 * The state of its connector that a message of a transaction says, where it says one. `chargingState` is required only where it has
 * changed (part 2, TransactionType), so that the reason of a message without one counts: a cable is plugged in, the charging ends or the vehicle departs. That of the
 * last message does not: its session ends with it.
 */
export const statesOf = (
  wire: TransactionMessage,
  receivedAt: number,
): readonly ConnectorState[] => {
  const stage = stageOf(wire.eventType);
  const isPluggedIn = stage !== 'ended' && wire.triggerReason === plugged;
  const reason = stage === 'updated' || isPluggedIn ? wire.triggerReason : undefined;
  const status = chargingStateOf(wire) ?? statusBy(reason);
  if (status === undefined) return [];
  const timestamp = wire.timestamp || new Date(receivedAt).toISOString();
  return [{ timestamp, receivedAt, status, ...(isPluggedIn && { pluggedIn: true }) }];
};

const plugged = 'CablePluggedIn';

const statusBy = (reason: string | undefined): ConnectorStatus | undefined => {
  if (reason === undefined) return undefined;
  if (reason === plugged) return 'occupied';
  if (reason === 'EVDeparted') return 'available';
  return endsCharging.has(reason) ? 'finishing' : undefined;
};
