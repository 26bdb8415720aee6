import { readBillingSettings } from '../store/cdrs/billing-settings.ts';
import type { Database } from '../store/table/client.ts';
import type { MissingStopMessage } from './correction-message.ts';

/** Has the corrections step ask in some minutes whether the stop of a session is missing. */
export type SendMissingStop = (message: MissingStopMessage, minutes: number) => Promise<void>;

/** Asks for a session whose connector is free although its stop has not come, after as long as its operator waits. */
export async function askForMissingStop(
  database: Database,
  operatorId: string,
  message: MissingStopMessage,
  send: SendMissingStop,
): Promise<void> {
  const { neverStopped } = await readBillingSettings(database, operatorId);
  await send(message, neverStopped.closeWhenAvailableMinutes);
}
