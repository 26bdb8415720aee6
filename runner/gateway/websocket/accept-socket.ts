import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { webSocketLimits } from './limits.ts';

/** Completes a handshake that was let in; false when the client has gone meanwhile. */
export type AcceptSocket = (handshake: AcceptedHandshake) => boolean;

/** A handshake that was let in. */
type AcceptedHandshake = {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly subprotocol: string | undefined;
  /** Called at once, before anything that the client has sent is read. */
  readonly serve: (webSocket: WebSocket) => void;
};

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
  return ({ incoming, socket, head, subprotocol, serve }) => {
    if (!socket.readable || !socket.writable) {
      socket.destroy();
      return false;
    }
    if (subprotocol !== undefined) {
      subprotocols.set(incoming, subprotocol);
    }
    let isServed = false;
    server.handleUpgrade(incoming, socket, head, (webSocket) => {
      isServed = true;
      serve(webSocket);
    });
    return isServed;
  };
}
