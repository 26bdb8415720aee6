import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Credentials } from './charger-socket.ts';

/** A charger of OCPP 1.6 that answers every CALL of ours at once. */
export type AnsweringCharger = {
  /** Resolves when it has answered another CALL of an action. */
  readonly answered: (action: string) => Promise<void>;
  /** Sends a CALL, whose answer nobody waits for. */
  readonly say: (action: string, payload: object) => void;
  readonly close: () => Promise<void>;
};

const patienceMilliseconds = 30_000;

/** The one setting of the charger, which is another one than anybody wants. */
const setting = { key: 'LightIntensity', readonly: false, value: '0' };

/** It says of every key that it is asked for whether it has it: one that leaves out keys is asked for them again. */
const answerTo = (action: string, { key: keys = [] }: { readonly key?: readonly string[] }) => {
  switch (action) {
    case 'GetConfiguration':
      return {
        configurationKey: [setting],
        unknownKey: keys.filter((key) => key !== setting.key),
      };
    case 'UpdateFirmware':
      return {};
    default:
      return { status: 'Accepted' };
  }
};

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
    const [type, messageId, action, payload] = JSON.parse(String(data)) as [
      ...[number, string, string],
      { readonly key?: readonly string[] },
    ];
    if (type !== 2) return;
    socket.send(JSON.stringify([3, messageId, answerTo(action, payload)]));
    waiting.get(action)?.();
  });
  await once(socket, 'open');
  let said = 0;
  return {
    say: (action, payload) => {
      said += 1;
      socket.send(JSON.stringify([2, `s${said}`, action, payload]));
    },
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
