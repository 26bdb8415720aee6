/** A connection of the canary as a charger of OCPP 1.6. */
export type OcppLine = {
  /** Sends a CALL and gives the payload of its answer; throws a sentence for a CALLERROR, silence or a lost connection. */
  readonly call: (action: string, payload: object) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => void;
};

type Waiting = {
  readonly action: string;
  readonly done: (payload: Readonly<Record<string, unknown>>) => void;
  readonly fail: (reason: Error) => void;
};

/** Opens the connection of a charger by its URL with the token. Throws a sentence where it is not let in, in so many ms. */
export async function openLine(url: string, patience: number): Promise<OcppLine> {
  const socket = new WebSocket(url, ['ocpp1.6']);
  const waiting = new Map<string, Waiting>();
  const failAll = (): void => {
    for (const { action, fail } of waiting.values())
      fail(new Error(`${action}: the connection was lost`));
    waiting.clear();
  };
  socket.addEventListener('close', failAll);
  socket.addEventListener('message', ({ data }) => {
    const [type, id, ...rest] = JSON.parse(String(data)) as [number, string, ...unknown[]];
    // It has no settings, and takes no commands.
    if (type === 2) return socket.send(JSON.stringify([4, id, 'NotSupported', '', {}]));
    const asked = waiting.get(id);
    waiting.delete(id);
    if (type === 3) asked?.done(Object(rest[0]));
    else asked?.fail(new Error(`${asked.action}: ${String(rest[0])} ${String(rest[1])}`));
  });
  await inTime(patience, 'the handshake', (done, fail) => {
    socket.addEventListener('open', () => done(undefined));
    socket.addEventListener('error', () => fail(new Error('the handshake was refused')));
  });
  let count = 0;
  return {
    call: async (action, payload) => {
      count += 1;
      const id = `canary-${count}`;
      return await inTime(patience, action, (done, fail) => {
        waiting.set(id, { action, done, fail });
        socket.send(JSON.stringify([2, id, action, payload]));
      });
    },
    close: () => socket.close(),
  };
}

/** Waits so many ms for something to be done. */
async function inTime<T>(
  patience: number,
  what: string,
  begin: (done: (value: T) => void, fail: (reason: Error) => void) => void,
): Promise<T> {
  return await new Promise<T>((done, fail) => {
    const timer = setTimeout(
      () => fail(new Error(`${what}: no answer in ${patience} ms`)),
      patience,
    );
    const end =
      <Value>(how: (value: Value) => void) =>
      (value: Value): void => {
        clearTimeout(timer);
        how(value);
      };
    begin(end(done), end(fail));
  });
}
