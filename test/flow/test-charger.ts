import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

/** How a test's charger connects. */
export type TestChargerOptions = {
  /** `ws://127.0.0.1:…` of the charger side. */
  readonly url: string;
  /** Path behind it, as in `/ocpp/CP-1`. */
  readonly path: string;
  readonly user?: string;
  readonly password?: string;
  /** Subprotocols to offer; none when empty. */
  readonly protocols?: readonly string[];
};

/** A charger of the tests: sends frames to the letter and hands out what comes back. */
export type TestCharger = {
  /** The subprotocol that the system chose; empty when it echoed none. */
  readonly protocol: string;
  /** Every message that came so far, as it came. */
  readonly received: readonly string[];
  /** Sends a CALL and gives the whole answering frame. */
  readonly send: (
    action: string,
    payload: unknown,
    messageId?: string,
  ) => Promise<readonly unknown[]>;
  /** Sends a CALL and gives the payload of its CALLRESULT; throws when the answer is not a CALLRESULT. */
  readonly call: (action: string, payload: unknown) => Promise<Record<string, unknown>>;
  /** Sends any text and gives the next frame that comes. */
  readonly raw: (text: string) => Promise<readonly unknown[]>;
  /** Sends any text and waits for no answer. */
  readonly shout: (text: string) => void;
  readonly close: () => Promise<void>;
  /** Resolves with the close code when the other side closes. */
  readonly closed: Promise<number>;
};

/** HTTP status of a refused handshake. */
export type Refused = { readonly refused: number };

let messages = 0;

/** Connects, or tells the HTTP status with which the handshake was refused. */
export const connectTestCharger = async (
  options: TestChargerOptions,
): Promise<TestCharger | Refused> => {
  const socket = open(options);
  // Before the handshake ends: a command may come in one packet with its answer.
  const charger = talk(socket);
  const outcome = await Promise.race([
    once(socket, 'open').then(() => 'open' as const),
    once(socket, 'unexpected-response').then(([, response]) => ({
      refused: Number(response.statusCode),
    })),
  ]);
  if (outcome !== 'open') {
    socket.terminate();
    return outcome;
  }
  return charger;
};

/** Connects a charger that has to be accepted. */
export const plugIn = async (options: TestChargerOptions): Promise<TestCharger> => {
  const charger = await connectTestCharger(options);
  if ('refused' in charger) throw new Error(`refused with ${charger.refused}`);
  return charger;
};

const open = (options: TestChargerOptions): WebSocket => {
  const { user, password } = options;
  const settings: ClientOptions = { perMessageDeflate: false };
  if (user !== undefined) {
    const basic = Buffer.from(`${user}:${password ?? ''}`).toString('base64');
    settings.headers = { authorization: `Basic ${basic}` };
  }
  const socket = new WebSocket(
    `${options.url}${options.path}`,
    [...(options.protocols ?? ['ocpp1.6'])],
    settings,
  );
  // A refused handshake also raises 'error' once the socket is terminated; the refusal itself was already reported.
  socket.on('error', () => undefined);
  return socket;
};

const talk = (socket: WebSocket): TestCharger => {
  const waiting = new Map<string, (frame: readonly unknown[]) => void>();
  let anyNext: ((frame: readonly unknown[]) => void) | undefined;
  const received: string[] = [];
  socket.on('message', (data) => {
    received.push(String(data));
    if (String(data) === '') return;
    const frame = JSON.parse(String(data)) as unknown[];
    const settle = waiting.get(String(frame[1])) ?? anyNext;
    waiting.delete(String(frame[1]));
    settle?.(frame);
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const send = (
    action: string,
    payload: unknown,
    messageId?: string,
  ): Promise<readonly unknown[]> => {
    messages += 1;
    const id = messageId ?? `m${messages}`;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify([2, id, action, payload]));
    });
  };
  return {
    get protocol() {
      return socket.protocol;
    },
    received,
    send,
    call: async (action, payload) => {
      const frame = await send(action, payload);
      if (frame[0] !== 3) throw new Error(`${action} was answered with ${JSON.stringify(frame)}`);
      return frame[2] as Record<string, unknown>;
    },
    raw: (text) =>
      new Promise((resolve) => {
        anyNext = resolve;
        socket.send(text);
      }),
    shout: (text) => socket.send(text),
    close: async () => {
      socket.close();
      await closed;
    },
    closed,
  };
};
