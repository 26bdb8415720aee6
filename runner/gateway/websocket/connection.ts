import type { WebSocket } from 'ws';
import { newGatewayId } from '../gateway-id.ts';

/** The authorizer's context; API Gateway repeats it with every event of the connection. */
export type AuthorizerContext = Readonly<Record<string, string | number>>;

/** One WebSocket connection of a client, from its handshake on. */
export type Connection = {
  readonly connectionId: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** Empty without an authorizer. */
  authorizer: AuthorizerContext | undefined;
  /** When a message last went in either direction, in milliseconds since the epoch. */
  lastActiveAt: number;
  /** There from the moment `$connect` has let the client in until either side begins to close. */
  socket: WebSocket | undefined;
  /** With what the gateway itself closed the connection. */
  closedWith: ConnectionEnd | undefined;
};

/** Why a connection ended: a close code of RFC 6455, section 7.4, and its reason. */
export type ConnectionEnd = { readonly code: number; readonly reason: string };

/** A connection whose handshake is not decided yet. */
export function newConnection(sourceIp: string, userAgent: string | undefined): Connection {
  const now = Date.now();
  return {
    connectionId: newGatewayId(),
    connectedAt: now,
    sourceIp,
    userAgent,
    authorizer: undefined,
    lastActiveAt: now,
    socket: undefined,
    closedWith: undefined,
  };
}
