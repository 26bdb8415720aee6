import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { newClient } from './new-client.ts';

/** The two tables and the way to them. */
export type Database = {
  readonly client: DynamoDBClient;
  /** Name of the single table for everything but the time series. */
  readonly state: string;
  /** Name of the append-only table of what chargers reported. */
  readonly readings: string;
};

/** One client for the life of the process: its connections stay open between events. */
const client = newClient({
  maxAttempts: 3,
  // The middleware stack of a command is assembled once: no command here changes its own.
  cacheMiddleware: true,
});

/** The deployment's database, from STATE_TABLE and READINGS_TABLE; a function that was given no readings table reads none. */
export const database: Database = {
  client,
  state: process.env['STATE_TABLE'] ?? '',
  readings: process.env['READINGS_TABLE'] ?? '',
};
