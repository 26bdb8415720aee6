import type { Protocol } from '../../core/ocpp/protocol.ts';
import type { ChargerSocket } from './charger-socket.ts';
import { meterValues, startTransaction } from './messages.ts';
import { transactionOf } from './run-session.ts';
import { transactionEvent } from './transaction-event.ts';

/** Sends the next reading of a session, and resolves when it is answered. */
export type SendReading = () => Promise<void>;

async function beginWith16(charger: ChargerSocket): Promise<SendReading> {
  const startedAt = Date.now();
  const start = await charger.call('StartTransaction', startTransaction(startedAt, 0));
  const transactionId = transactionOf(start);
  let count = 0;
  return async () => {
    count += 1;
    await charger.call('MeterValues', meterValues(transactionId, startedAt + count, count));
  };
}

async function beginWith2(charger: ChargerSocket): Promise<SendReading> {
  const startedAt = Date.now();
  const evse = { id: 1, connectorId: 1 };
  await charger.call('TransactionEvent', transactionEvent(0, 'Started', startedAt, 0, { evse }));
  let count = 0;
  return async () => {
    count += 1;
    const event = transactionEvent(count, 'Updated', startedAt + count, count);
    await charger.call('TransactionEvent', event);
  };
}

/** Begins a session in the words of a version. */
export const beginCharging = async (
  charger: ChargerSocket,
  protocol: Protocol,
): Promise<SendReading> =>
  protocol === 'ocpp1.6' ? await beginWith16(charger) : await beginWith2(charger);
