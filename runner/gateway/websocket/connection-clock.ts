import type { Connection } from './connection.ts';

/** How long a connection may last, in milliseconds. */
export type ConnectionClock = {
  readonly idleMilliseconds: number;
  readonly connectionMilliseconds: number;
};

/**
 * Ends a connection when it has been silent or open for too long; gives what stops the clock.
 * Only messages count as activity: that pings keep a connection on AWS is not established, so here they do not.
 */
export function startConnectionClock(
  connection: Connection,
  { idleMilliseconds, connectionMilliseconds }: ConnectionClock,
  expired: () => void,
): () => void {
  const closesAt = connection.connectedAt + connectionMilliseconds;
  let timer: NodeJS.Timeout | undefined;
  // One timer that looks again, instead of a new one for each message.
  const look = (): void => {
    const due = Math.min(closesAt, connection.lastActiveAt + idleMilliseconds) - Date.now();
    if (due <= 0) {
      expired();
      return;
    }
    timer = setTimeout(look, due);
  };
  look();
  return () => clearTimeout(timer);
}
