import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { readForward } from './read-forward.ts';
import { createSigner } from './sign-request.ts';

/**
 * Makes a client without the middleware that costs time with every request and is of no use here: a log that nobody reads, the name
 * of the SDK, and the mark against loops, which Lambda looks for in SQS, SNS, S3 and itself alone. Its requests are signed by
 * `createSigner`. Items that an older release wrote are read as this one has them.
 */
export function newClient(config: DynamoDBClientConfig): DynamoDBClient {
  const signer = createSigner(
    async () => await client.config.credentials(),
    async () => await client.config.region(),
  );
  const client = new DynamoDBClient({ ...config, signer });
  for (const step of ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'])
    client.middlewareStack.remove(step);
  readForward(client);
  return client;
}
