import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { webSocketLimits } from './limits.ts';

/** Completes a handshake that was let in; undefined when the client has gone meanwhile. */
export type AcceptSocket = (
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  subprotocol: string | undefined,
) => Promise<WebSocket | undefined>;

// How long a client may take to answer a close before its socket is cut.
const closeTimeout = 2_000;

/** Makes WebSockets out of handshakes; the subprotocol in the answer is the one given, and none if none is given. */
export function createAcceptSocket(): AcceptSocket {
  const subprotocols = new WeakMap<IncomingMessage, string>();
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: webSocketLimits.messageBytes,
    // Left to itself the library would pick the first offer of the client.
    handleProtocols: () => false as const,
    closeTimeout,
  };
  const server = new WebSocketServer(options);
  server.on('headers', (headers, incoming) => {
    const subprotocol = subprotocols.get(incoming);
    if (subprotocol !== undefined) {
      headers.push(`Sec-WebSocket-Protocol: ${subprotocol}`);
    }
  });
  return (incoming, socket, head, subprotocol) => {
    if (!socket.readable || !socket.writable) {
      socket.destroy();
      return Promise.resolve(undefined);
    }
    if (subprotocol !== undefined) {
      subprotocols.set(incoming, subprotocol);
    }
    return new Promise((resolve) => {
      socket.once('close', () => resolve(undefined));
      server.handleUpgrade(incoming, socket, head, resolve);
    });
  };
}
