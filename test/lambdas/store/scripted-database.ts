import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate as soon } from 'node:timers/promises';

/** How the service behaves for one request. */
export type Behaviour =
  /** Writes these parts, each character a byte, one after the other, and closes the connection behind them where it says so. */
  { readonly parts: readonly string[]; readonly end?: 'closes' | 'resets' } | 'silent';

/** A request as it came. */
export type Seen = {
  readonly head: string;
  readonly body: string;
  /** The number of the connection that it came over, from 1 in the order of their first requests. */
  readonly connection: number;
};

/** A service that follows a script, one request after the other. */
export type ScriptedDatabase = {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Forgets what it saw, and does this with the next requests; with all others what is last. */
  readonly follow: (script: readonly Behaviour[]) => void;
  readonly stop: () => Promise<void>;
};

/** Starts such a service; `listen` makes another kind of server of its connections. */
export async function startScriptedDatabase(
  listen: (serve: (socket: Socket) => void) => Server = createServer,
): Promise<ScriptedDatabase> {
  let script: readonly Behaviour[] = [];
  let seen: Seen[] = [];
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = listen((socket) => {
    let connection: number | undefined;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    let bytes = '';
    socket.on('data', (more: Buffer) => {
      bytes += more.toString('latin1');
      const end = bytes.indexOf('\r\n\r\n');
      const head = bytes.slice(0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (end < 0 || bytes.length < end + 4 + length) return;
      const body = Buffer.from(bytes.slice(end + 4, end + 4 + length), 'latin1').toString();
      bytes = bytes.slice(end + 4 + length);
      if (connection === undefined) {
        connections += 1;
        connection = connections;
      }
      seen.push({ head, body, connection });
      void behave(socket, script[Math.min(seen.length, script.length) - 1] ?? 'silent');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    get seen() {
      return seen;
    },
    follow: (next) => {
      script = next;
      seen = [];
      connections = 0;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

async function behave(socket: Socket, behaviour: Behaviour): Promise<void> {
  if (behaviour === 'silent') return;
  for (const part of behaviour.parts) {
    socket.write(part, 'latin1');
    await soon();
  }
  if (behaviour.end === 'closes') socket.end();
  if (behaviour.end === 'resets') socket.resetAndDestroy();
}
