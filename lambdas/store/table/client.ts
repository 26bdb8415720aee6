import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The two tables and the way to them. */
export type Database = {
  readonly client: DynamoDBClient;
  /** Name of the single table for everything but the time series. */
  readonly state: string;
  /** Name of the append-only table of what chargers reported. */
  readonly readings: string;
};

/** One client for the life of the process: its connections stay open between events. */
const client = new DynamoDBClient({
  maxAttempts: 3,
  // The middleware stack of a command is assembled once: no command here changes its own.
  cacheMiddleware: true,
  // Three attempts and their pauses end before the shortest function does, and before a message is given up on.
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
});

// Middleware that costs time with every request and is of no use here: a log that nobody reads, the name of the SDK, and the mark
// against loops, which Lambda looks for in SQS, SNS, S3 and itself alone.
for (const step of ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware']) {
  client.middlewareStack.remove(step);
}

/** The deployment's database, from STATE_TABLE and READINGS_TABLE; a function that was given no readings table reads none. */
export const database: Database = {
  client,
  state: process.env['STATE_TABLE'] ?? '',
  readings: process.env['READINGS_TABLE'] ?? '',
};
