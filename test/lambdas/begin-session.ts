import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import { sessionId as sessionIdOf } from '../../core/session/session-id.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { at, type Body, meterValues, plugIn, settle, type TestOperator } from './plant.ts';

/** A session that runs on a charger of its own. */
export type RunningReadings = {
  readonly sessionId: string;
  readonly chargerKey: string;
  /** One more reading: the energy so far in Wh. */
  readonly read: (wh: number) => Promise<void>;
  /** Its stop as the charger sends it: 10 kWh in an hour. */
  readonly stop: () => Promise<void>;
  /** A stop after an hour at a register of the meter in Wh. */
  readonly stopAt: (meterStop: number) => Promise<void>;
  /** The stop, and all that follows from it. */
  readonly end: () => Promise<void>;
  /** The session and its CDR in the API. */
  readonly shown: () => Promise<Body>;
  readonly cdr: () => Promise<Body>;
};

let chargers = 0;

/** Registers a charger, plugs it in and begins a session on it. */
export async function beginSession(
  database: Database,
  operator: TestOperator,
  { idTag = 'TAG1', ...form }: { idTag?: string; tariffId?: unknown },
): Promise<RunningReadings> {
  chargers += 1;
  const chargerId = `PROMO-${chargers}`;
  const made = await operator.call('POST', '/chargers', { chargerId, ...form });
  if (made.status !== 201) throw new Error(`not registered: ${made.code}`);
  const chargerKey = chargerKeyOf(operator.operatorId, chargerId);
  const charger = await plugIn(database, chargerKey);
  const start = { connectorId: 1, idTag, timestamp: at(0), meterStart: 1000 };
  const { transactionId } = await charger.call('StartTransaction', start);
  const sessionId = sessionIdOf(chargerKey, String(transactionId));
  const stopAt = async (meterStop: number): Promise<void> => {
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop });
  };
  const stop = async (): Promise<void> => await stopAt(11_000);
  return {
    sessionId,
    chargerKey,
    stop,
    stopAt,
    read: async (wh) => {
      const values = meterValues(at(wh / 200), 1000 + wh, Number(transactionId));
      await charger.call('MeterValues', values);
      await settle(database, chargerKey);
    },
    end: async () => {
      await stop();
      await settle(database, chargerKey);
    },
    shown: async () => (await operator.call('GET', `/sessions/${sessionId}`)).body,
    cdr: async () => (await operator.call('GET', `/sessions/${sessionId}/cdr`)).body,
  };
}
