import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';
import { type ChargerSocket, connectCharger } from '../charger/charger-socket.ts';
import { benchToken } from '../charger/messages.ts';
import { meterValue, transactionEvent } from '../charger/transaction-event.ts';
import type { Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { registerChargers } from '../stack/register-chargers.ts';
import { exactRows, mostBeforeReply } from './measure-messages.ts';

const minute = 60_000;

/** A message of a session of ten minutes, by its number. */
const message = (seqNo: number, eventType: string, at: number, more: object): object =>
  transactionEvent(seqNo, eventType, at, 1_000 + seqNo * 180, more);

async function versionRows(
  stack: BenchStack,
  charger: ChargerSocket,
  protocol: Protocol,
): Promise<readonly Row[]> {
  const name = protocol.replace('ocpp', 'OCPP ');
  const startedAt = Date.now() - 60 * minute;
  const evse = { id: 1, connectorId: 1 };
  const begin = { evse, idToken: { idToken: benchToken, type: 'ISO14443' } };
  await charger.call('TransactionEvent', message(0, 'Started', startedAt, begin));
  const updated = await mostBeforeReply(stack, 10, async (n) => {
    const at = startedAt + (n + 1) * minute;
    await charger.call('TransactionEvent', message(n + 1, 'Updated', at, {}));
  });
  const values = await mostBeforeReply(stack, 5, async (n) => {
    const reading = { evseId: 1, meterValue: [meterValue(startedAt + n * minute, 1_000)] };
    await charger.call('MeterValues', reading);
  });
  const end = { transactionInfo: { transactionId: 'bench', stoppedReason: 'Local' } };
  const endedAt = startedAt + 11 * minute;
  await charger.call('TransactionEvent', message(11, 'Ended', endedAt, end));
  return [
    ...exactRows(`TransactionEvent Updated of ${name}`, updated),
    ...exactRows(`MeterValues of ${name}`, values),
  ];
}

/** The budgets of readings in every version after OCPP 1.6, in whose words the other messages are counted. */
export async function measureVersions(stack: BenchStack): Promise<readonly Row[]> {
  const later = protocols.filter((protocol) => protocol !== 'ocpp1.6');
  const chargers = await registerChargers(stack, 1, 1 + later.length);
  const rows: Row[] = [];
  for (const [index, protocol] of later.entries()) {
    const credentials = chargers[index];
    if (credentials === undefined) throw new Error('No charger was registered.');
    const charger = await connectCharger(stack.chargers, credentials, protocol);
    rows.push(...(await versionRows(stack, charger, protocol)));
    await charger.close();
  }
  return rows;
}
