import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Protocol } from '../../core/ocpp/protocol.ts';

/** How a charger connects. */
export type Credentials = { readonly chargerId: string; readonly password: string };

/** A charger that sends exactly the given messages, one CALL at a time. */
export type ChargerSocket = {
  /** Gives the answer's payload; throws when it is a CALLERROR, no OCPP frame at all, or does not come within 20 s. */
  readonly call: (action: string, payload: object) => Promise<unknown>;
  /** Resolves when the connection is closed on both sides. */
  readonly close: () => Promise<void>;
};

const patienceMilliseconds = 20_000;

/** Connects a charger with its password; `chargers` is the base URL of the charger side. */
export async function connectCharger(
  chargers: string,
  { chargerId, password }: Credentials,
  protocol: Protocol = 'ocpp1.6',
): Promise<ChargerSocket> {
  const basic = Buffer.from(`${chargerId}:${password}`).toString('base64');
  const socket = new WebSocket(`${chargers}/ocpp/${chargerId}`, [protocol], {
    headers: { authorization: `Basic ${basic}` },
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  let sent = 0;
  let answered: (text: string) => void = () => {};
  let failed: (error: Error) => void = () => {};
  socket.on('message', (data) => answered(String(data)));
  socket.on('error', (error) => failed(error));
  socket.on('close', (code) => failed(new Error(`The connection was closed with ${code}.`)));
  return {
    call: async (action, payload) => {
      sent += 1;
      const messageId = `m${sent}`;
      const answer = new Promise<string>((resolve, reject) => {
        answered = resolve;
        failed = reject;
      });
      const timer = setTimeout(() => failed(new Error('No answer came.')), patienceMilliseconds);
      socket.send(JSON.stringify([2, messageId, action, payload]));
      const text = await answer.finally(() => clearTimeout(timer));
      return payloadOf(text, messageId);
    },
    close: async () => {
      const closed = once(socket, 'close');
      failed = () => {};
      socket.close(1000);
      await closed;
    },
  };
}

function payloadOf(text: string, messageId: string): unknown {
  const frame: unknown = JSON.parse(text);
  if (Array.isArray(frame) && frame[0] === 3 && frame[1] === messageId) {
    return frame[2];
  }
  throw new Error(`No answer to ${messageId}: ${text}`);
}
