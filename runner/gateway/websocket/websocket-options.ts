import type { IntegrationOutcome } from '../integration.ts';

/** Runs the function for one message; a hook around it may run it again, or later, as AWS sometimes does. */
export type DeliverMessage = (
  run: () => Promise<IntegrationOutcome>,
  event: unknown,
) => Promise<IntegrationOutcome>;

/** Runs the function for the end of a connection; a hook around it may do so late, or never, as AWS may. */
type DeliverDisconnect = (run: () => Promise<void>) => Promise<void>;

/** Options by which tests and the bench change a WebSocket API; by default it behaves as on AWS. */
export type WebSocketOptions = {
  readonly idleMilliseconds?: number;
  readonly connectionMilliseconds?: number;
  /** An upper bound for all integrations: 29 seconds on AWS. */
  readonly integrationMilliseconds?: number;
  readonly deliverMessage?: DeliverMessage;
  readonly deliverDisconnect?: DeliverDisconnect;
};
