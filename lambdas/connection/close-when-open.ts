import type { CloseConnection } from './close-connection.ts';

/** The effects of a handshake outside the tables. */
export type ConnectionHelpers = {
  readonly close: CloseConnection;
  /** Resolves after so many ms. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Ms after which a connection is old enough that its handshake has ended: API Gateway gives a function 29 seconds. */
const longestHandshake = 30_000;

/** Ms that a handshake takes at most if nothing is out of order, the start of both of its functions included. */
const usualHandshake = 5_000;

/**
 * Ms between the attempts to close a connection whose handshake may not have ended. Their sum is what the gateway needs at most to open one whose
 * function has answered: a handshake that has not come so far finds that it was taken over from, or its token revoked, and is not let in.
 */
const pauses = [100, 300, 900] as const;

/** The pauses that are worth their wait: all within a usual handshake, and one for a connection whose handshake takes longer than that. */
function pausesAt(age: number): readonly number[] {
  if (age >= longestHandshake) return [];
  let until = age;
  return pauses.filter((pause, n) => {
    until += pause;
    return n === 0 || until <= usualHandshake;
  });
}

/**
 * Ends a connection, also one whose handshake may not have ended. One that the gateway does not know has mostly gone, and whoever waits for this is a
 * charger that comes back: it waits no longer than the other handshake can still take. `now` is ISO 8601.
 */
export async function closeWhenOpen(
  { close, wait }: ConnectionHelpers,
  { connectionId, connectedAt }: { readonly connectionId: string; readonly connectedAt: string },
  now: string,
): Promise<void> {
  let closed = await close(connectionId);
  // The gateway opens a connection only after its function has answered: until then nobody can close it.
  for (const pause of pausesAt(Date.parse(now) - Date.parse(connectedAt))) {
    if (closed === 'closed') return;
    await wait(pause);
    closed = await close(connectionId);
  }
}
