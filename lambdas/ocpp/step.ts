import type { ChargerContext } from '../edge/charger-context.ts';
import type { Database } from '../store/client.ts';

/** What every message is handled with: the database, who sent it over which connection, and the time. */
export type Step = {
  readonly database: Database;
  readonly charger: ChargerContext;
  readonly connectionId: string;
  /** When the connection was made, epoch ms. */
  readonly connectedAt: number;
  /** Our clock, epoch ms. */
  readonly now: number;
  readonly settings: {
    /** Seconds between heartbeats that chargers are told to keep. */
    readonly heartbeatSeconds: number;
    /** Days that raw readings are kept. */
    readonly retentionDays: number;
  };
};

/** The time of receipt, ISO 8601 in UTC. */
export const receivedAt = (step: Step): string => new Date(step.now).toISOString();
