import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { WireAnswer } from './answer-reader.ts';
import { type Connection, connectionOver, type Patience } from './connection.ts';
import { timeoutError } from './timeout-error.ts';

/** Where requests go. */
export type Origin = { readonly isSecure: boolean; readonly host: string; readonly port: number };

/** The connections to an origin, which stay open between requests. */
export type Connections = {
  /** Sends a request over a connection that is free, or over a new one, and waits for its answer. `taken` hears of the connection. */
  readonly ask: (request: Buffer, taken: (connection: Connection) => void) => Promise<WireAnswer>;
  readonly closeAll: () => void;
};

/** The most connections at a time, as the SDK has it; further requests wait for one of them. */
const mostConnections = 50;

/** Opens sockets to an origin; a secure one goes on where the last one stopped, which saves half of what it takes to agree on keys. */
function socketsTo({ isSecure, host, port }: Origin): () => Socket {
  if (!isSecure) return () => connect({ host, port });
  let session: Buffer | undefined;
  return () => {
    const servername = isIP(host) === 0 ? host : '';
    const options = { host, port, servername, ALPNProtocols: ['http/1.1'] };
    const socket = connectSecurely(session === undefined ? options : { ...options, session });
    socket.on('session', (given) => {
      session = given;
    });
    socket.once('error', () => {
      session = undefined;
    });
    return socket;
  };
}

type Waiting = (connection: Connection) => void;

/** Makes the connections to an origin, each when it is needed. */
export function connectionsTo(origin: Origin, patience: Patience): Connections {
  const open = socketsTo(origin);
  const all = new Set<Connection>();
  const free: Connection[] = [];
  const waiting: Waiting[] = [];
  const make = (): Connection => {
    const made = connectionOver(open(), patience, () => {
      all.delete(made);
      const index = free.indexOf(made);
      if (index >= 0) free.splice(index, 1);
      // Who waits has a place now.
      if (waiting.length > 0) waiting.shift()?.(make());
    });
    all.add(made);
    return made;
  };
  /** A connection at once, where there is one: the one that was used last, as it is open the longest. */
  const take = (): Connection | undefined => {
    for (let last = free.pop(); last !== undefined; last = free.pop()) {
      if (last.isUsable()) return last;
      last.close();
    }
    return all.size < mostConnections ? make() : undefined;
  };
  const wait = async (): Promise<Connection> =>
    await new Promise((resolve, reject) => {
      const turn: Waiting = (connection) => {
        clearTimeout(timer);
        resolve(connection);
      };
      const timer = setTimeout(() => {
        const index = waiting.indexOf(turn);
        if (index >= 0) waiting.splice(index, 1);
        const text = `No free connection to the database within ${patience.connection} ms`;
        reject(timeoutError(text));
      }, patience.connection);
      waiting.push(turn);
    });
  const give = (connection: Connection): void => {
    const turn = connection.isUsable() ? waiting.shift() : undefined;
    if (turn !== undefined) turn(connection);
    else if (connection.isUsable()) free.push(connection);
    else connection.close();
  };
  return {
    ask: async (request, taken) => {
      const connection = take() ?? (await wait());
      taken(connection);
      const answer = await connection.ask(request);
      give(connection);
      return answer;
    },
    closeAll: () => {
      // Who still waits gives up.
      waiting.length = 0;
      for (const connection of [...all]) connection.close();
    },
  };
}
