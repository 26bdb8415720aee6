import type { DeliverMessage } from '../../runner/gateway/websocket/websocket-options.ts';

/** Lets the messages of all connections arrive as if the connection had lasted longer already. */
export type BentClock = {
  readonly deliverMessage: DeliverMessage;
  /** Milliseconds by which connections count as older from now on; 0 is the truth. */
  readonly age: (milliseconds: number) => void;
};

/** A clock for the option `webSocket` of a stack: an hour of heartbeats need not take an hour. */
export function createBentClock(): BentClock {
  let older = 0;
  return {
    age: (milliseconds) => {
      older = milliseconds;
    },
    deliverMessage: (run, event) => {
      const { requestContext } = event as { requestContext: { connectedAt: number } };
      requestContext.connectedAt -= older;
      return run();
    },
  };
}
