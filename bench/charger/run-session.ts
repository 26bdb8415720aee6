import type { ChargerSocket } from './charger-socket.ts';
import {
  benchToken,
  bootNotification,
  meterValues,
  startTransaction,
  statusNotification,
  stopTransaction,
} from './messages.ts';

/** A session to run, in the charger's own time. */
export type SessionPlan = {
  /** When the transaction starts, epoch ms; a reading follows each minute. */
  readonly startedAt: number;
  readonly readings: number;
  /** Register at the start, Wh. */
  readonly meterStart: number;
};

/** Sends one message, by name; the caller may count around it. */
export type Around = (action: string, send: () => Promise<void>) => Promise<void>;

const minute = 60_000;
const wattHoursPerMinute = 180;

/** A session from boot to the status after it, one message after the other. */
export async function runSession(
  charger: ChargerSocket,
  plan: SessionPlan,
  around: Around,
): Promise<void> {
  const { startedAt, readings, meterStart } = plan;
  const tell = (action: string, payload: object): Promise<void> =>
    around(action, async () => {
      await charger.call(action, payload);
    });
  const status = (state: string, at: number): Promise<void> =>
    tell('StatusNotification', statusNotification(state, at));

  await tell('BootNotification', bootNotification);
  await status('Available', startedAt - 2 * minute);
  await status('Preparing', startedAt - minute);
  await tell('Authorize', { idTag: benchToken });
  let transactionId = 0;
  await around('StartTransaction', async () => {
    transactionId = transactionOf(
      await charger.call('StartTransaction', startTransaction(startedAt, meterStart)),
    );
  });
  await status('Charging', startedAt + 1000);
  for (let count = 1; count <= readings; count += 1) {
    const wattHours = meterStart + count * wattHoursPerMinute;
    await tell('MeterValues', meterValues(transactionId, startedAt + count * minute, wattHours));
  }
  const start = { at: startedAt, wattHours: meterStart };
  const stop = {
    at: startedAt + readings * minute + 1000,
    wattHours: meterStart + readings * wattHoursPerMinute,
  };
  await tell('StopTransaction', stopTransaction(transactionId, start, stop));
  await status('Finishing', stop.at + 1000);
  await status('Available', stop.at + minute);
}

/** The transaction id of an accepted start; anything else would count another session than the one that is meant. */
export function transactionOf(answer: unknown): number {
  const { transactionId, idTagInfo } = answer as {
    readonly transactionId?: number;
    readonly idTagInfo?: { readonly status?: string };
  };
  if (transactionId === undefined || idTagInfo?.status !== 'Accepted') {
    throw new Error(`The start of a transaction was not accepted: ${JSON.stringify(answer)}`);
  }
  return transactionId;
}
