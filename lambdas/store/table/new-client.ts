import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * Makes a client without the middleware that costs time with every request and is of no use here: a log that nobody reads, the name
 * of the SDK, and the mark against loops, which Lambda looks for in SQS, SNS, S3 and itself alone.
 */
export function newClient(config: DynamoDBClientConfig): DynamoDBClient {
  const client = new DynamoDBClient(config);
  for (const step of ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'])
    client.middlewareStack.remove(step);
  return client;
}
