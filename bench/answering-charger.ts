import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Credentials } from './charger-socket.ts';

/** A charger of OCPP 1.6 that answers every CALL of ours at once. */
export type AnsweringCharger = {
  /** Resolves when it has answered another CALL of an action. */
  readonly answered: (action: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

const patienceMilliseconds = 30_000;

/** The one setting of the charger is another one than anybody wants. */
const answerTo = (action: string): object =>
  action === 'GetConfiguration'
    ? { configurationKey: [{ key: 'LightIntensity', readonly: false, value: '0' }] }
    : { status: 'Accepted' };

/** Connects such a charger; `chargers` is the base URL of the charger side. */
export async function connectAnsweringCharger(
  chargers: string,
  { chargerId, password }: Credentials,
): Promise<AnsweringCharger> {
  const basic = Buffer.from(`${chargerId}:${password}`).toString('base64');
  const socket = new WebSocket(`${chargers}/ocpp/${chargerId}`, ['ocpp1.6'], {
    headers: { authorization: `Basic ${basic}` },
    perMessageDeflate: false,
  });
  const waiting = new Map<string, () => void>();
  socket.on('message', (data) => {
    const [, messageId, action] = JSON.parse(String(data)) as [number, string, string];
    socket.send(JSON.stringify([3, messageId, answerTo(action)]));
    waiting.get(action)?.();
  });
  await once(socket, 'open');
  return {
    answered: async (action) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.set(action, resolve);
      const timer = setTimeout(() => reject(new Error(`No ${action} came.`)), patienceMilliseconds);
      await promise.finally(() => clearTimeout(timer));
    },
    close: async () => {
      const closed = once(socket, 'close');
      socket.close(1000);
      await closed;
    },
  };
}
