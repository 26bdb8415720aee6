import type { CloseConnection } from './close-connection.ts';

/** The effects of a handshake outside the tables. */
export type ConnectionHelpers = {
  readonly close: CloseConnection;
  /** Resolves after so many ms. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Ms after which a connection is old enough that its handshake has ended: API Gateway gives a function 29 seconds. */
const longestHandshake = 30_000;

/** Ms between the attempts to close a connection whose handshake may not have ended. */
const pauses = [100, 300, 900, 2_700] as const;

/** Ends a connection, also one whose handshake may not have ended. `now` is ISO 8601. */
export async function closeWhenOpen(
  { close, wait }: ConnectionHelpers,
  { connectionId, connectedAt }: { readonly connectionId: string; readonly connectedAt: string },
  now: string,
): Promise<void> {
  let closed = await close(connectionId);
  const isOpening = Date.parse(now) - Date.parse(connectedAt) < longestHandshake;
  // The gateway opens a connection only after its function has answered: until then nobody can close it.
  for (const pause of isOpening ? pauses : []) {
    if (closed === 'closed') return;
    await wait(pause);
    closed = await close(connectionId);
  }
}
