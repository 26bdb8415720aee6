import type { Count } from '../../runner-interfaces.ts';

/** Takes note of what a WebSocket API would bill. */
export type ConnectionUsage = {
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
    messageIn: message('WebSocketMessageIn'),
    messageOut: message('WebSocketMessageOut'),
    connected: (milliseconds) =>
      note('WebSocketConnection', { minute: Math.ceil(milliseconds / 60_000) }),
  };
}
