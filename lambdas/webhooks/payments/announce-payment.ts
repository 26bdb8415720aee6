import { knowsWebPayments } from '../../../core/ocpp/protocol.ts';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import type { Database } from '../../store/table/client.ts';
import { type AttemptCommand, sendOnce } from './send-once.ts';

const type = 'notify-web-payment-started';

/** Seconds for which a charger may show that its driver pays: most have done so by then, and who has left keeps nobody else away. */
const timeout = 300;

/** Tells a charger of OCPP 2.1, once, that a driver pays for one of its EVSEs on a phone; no other version has a word for it. */
export async function announcePayment(
  database: Database,
  attempt: Attempt,
  nowMs: number,
): Promise<void> {
  const { chargerKey, evseId } = attempt;
  const { connection } = await readChargerAndConnection(database, chargerKey);
  if (connection === undefined || !knowsWebPayments(connection.protocol)) return;
  if (connection.disconnectedAt !== undefined) return;
  const announcement = {
    request: { type, fields: { evseId, timeout } },
    // Before the start of the same attempt.
    mark: 'a',
    seconds: timeout,
    isSame: (request) => request.type === type && request.fields['evseId'] === evseId,
  } as const satisfies AttemptCommand;
  await sendOnce(database, attempt, connection, announcement, new Date(nowMs).toISOString());
}
