import type { Connection, ConnectionEnd } from './connection.ts';

/** The outcome of sending a message to a connection. */
type Sent = 'sent' | 'gone';

/** The connections of an API that are open: those in their handshake, and those that close, are not among them. */
export type Connections = {
  readonly open: (connection: Connection) => void;
  readonly find: (connectionId: string) => Connection | undefined;
  readonly all: () => readonly Connection[];
  /** Sends text; settled when it left this process, so that senders do not outrun a slow client. */
  readonly send: (connection: Connection, text: string) => Promise<Sent>;
  /** True if a slow client has too much to take already for anything more to be posted to it. */
  readonly isFull: (connection: Connection) => boolean;
  /** Begins to close a connection; it is gone for everybody from now on. */
  readonly end: (connection: Connection, end: ConnectionEnd) => void;
  /** Forgets a connection that the client or the network closed. */
  readonly forget: (connection: Connection) => void;
};

// The buffer for a slow client: eight messages of the largest size.
const waitingBytesLimit = 1024 * 1024;

/** Keeps the open connections of an API; `noteSent` hears of every message that goes out. */
export function createConnections(noteSent: (bytes: number) => void): Connections {
  const open = new Map<string, Connection>();
  const forget = (connection: Connection): void => {
    open.delete(connection.connectionId);
    connection.socket = undefined;
  };
  return {
    open: (connection) => {
      open.set(connection.connectionId, connection);
    },
    find: (connectionId) => open.get(connectionId),
    all: () => [...open.values()],
    forget,
    send: (connection, text) => {
      const { socket } = connection;
      if (socket === undefined || socket.readyState !== socket.OPEN) {
        return Promise.resolve('gone');
      }
      connection.lastActiveAt = Date.now();
      noteSent(Buffer.byteLength(text));
      return new Promise((resolve) => {
        socket.send(text, (error) => resolve(error ? 'gone' : 'sent'));
      });
    },
    isFull: ({ socket }) => (socket?.bufferedAmount ?? 0) > waitingBytesLimit,
    end: (connection, end) => {
      const { socket } = connection;
      if (socket !== undefined) {
        connection.closedWith = end;
        forget(connection);
        socket.close(end.code, end.reason);
      }
    },
  };
}
