import { type Protocol, protocols } from '../core/ocpp/protocol.ts';
import type { BenchStack } from './bench-stack.ts';
import { type ChargerSocket, connectCharger } from './charger-socket.ts';
import { exactRows, mostBeforeReply } from './measure-messages.ts';
import { benchToken } from './messages.ts';
import { registerChargers } from './register-chargers.ts';
import type { Row } from './row.ts';

const minute = 60_000;

const meterValue = (at: number, wattHours: number): object => ({
  timestamp: new Date(at).toISOString(),
  sampledValue: [
    { value: wattHours, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
    { value: 10_800, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
    { value: 57, measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: 'Percent' } },
  ],
});

/** A message of a session of ten minutes, by its number; it begins with 0. */
const transactionEvent = (seqNo: number, eventType: string, at: number, more: object): object => ({
  eventType,
  seqNo,
  timestamp: new Date(at).toISOString(),
  triggerReason: 'MeterValuePeriodic',
  transactionInfo: { transactionId: 'bench' },
  meterValue: [meterValue(at, 1_000 + seqNo * 180)],
  ...more,
});

async function versionRows(
  stack: BenchStack,
  charger: ChargerSocket,
  protocol: Protocol,
): Promise<readonly Row[]> {
  const name = protocol.replace('ocpp', 'OCPP ');
  const startedAt = Date.now() - 60 * minute;
  const evse = { id: 1, connectorId: 1 };
  const begin = { evse, idToken: { idToken: benchToken, type: 'ISO14443' } };
  await charger.call('TransactionEvent', transactionEvent(0, 'Started', startedAt, begin));
  const updated = await mostBeforeReply(stack, 10, async (n) => {
    const at = startedAt + (n + 1) * minute;
    await charger.call('TransactionEvent', transactionEvent(n + 1, 'Updated', at, {}));
  });
  const values = await mostBeforeReply(stack, 5, async (n) => {
    const message = { evseId: 1, meterValue: [meterValue(startedAt + n * minute, 1_000)] };
    await charger.call('MeterValues', message);
  });
  const end = { transactionInfo: { transactionId: 'bench', stoppedReason: 'Local' } };
  const endedAt = startedAt + 11 * minute;
  await charger.call('TransactionEvent', transactionEvent(11, 'Ended', endedAt, end));
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
