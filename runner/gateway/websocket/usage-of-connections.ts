import type { Count } from '../../runner-interfaces.ts';

/** Takes note of what a WebSocket API would bill, and of what it only counts. */
export type ConnectionUsage = {
  /** A handshake that came to the function behind `$connect`. */
  readonly handshake: () => void;
  /** A handshake or message that did not end well: refused before its function, refused by its function, or its function could not answer. */
  readonly error: (kind: 'Client' | 'Integration' | 'Execution') => void;
  readonly messageIn: (bytes: number) => void;
  readonly messageOut: (bytes: number) => void;
  /** Milliseconds that a connection was open. */
  readonly connected: (milliseconds: number) => void;
};

// Messages are metered in pieces of this size.
const meteredBytes = 32 * 1024;

/** Counts messages in both directions and connection minutes of an API. */
export function createConnectionUsage(count: Count, address: string): ConnectionUsage {
  const note = (operation: string, units: Readonly<Record<string, number>>): void =>
    count({ service: 'apigateway', operation, caller: address, units });
  const message = (operation: string) => (bytes: number) =>
    note(operation, { message: Math.max(1, Math.ceil(bytes / meteredBytes)), bytes });
  return {
    handshake: () => note('WebSocketConnect', {}),
    error: (kind) => note(`WebSocket${kind}Error`, {}),
    messageIn: message('WebSocketMessageIn'),
    messageOut: message('WebSocketMessageOut'),
    connected: (milliseconds) =>
      note('WebSocketConnection', { minute: Math.ceil(milliseconds / 60_000) }),
  };
}
