import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Patience } from './ask-whole.ts';
import { readForward } from './read-forward.ts';
import { createRequestHandler } from './request-handler.ts';
import { createSigner } from './sign-request.ts';

/** In ms: three attempts and their pauses end before the shortest function does, and before a message is given up on. */
const patienceOfFunctions: Patience = { connection: 1_000, answer: 2_500 };

/**
 * Makes a client without the middleware that costs time with every request and is of no use here: a log that nobody reads, the name
 * of the SDK, and the mark against loops, which Lambda looks for in SQS, SNS, S3 and itself alone. Its requests are signed by
 * `createSigner` and sent by `createRequestHandler`. Items that an older release wrote are read as this one has them.
 */
export function newClient(
  config: DynamoDBClientConfig,
  patience: Patience = patienceOfFunctions,
): DynamoDBClient {
  const signer = createSigner(
    async () => await client.config.credentials(),
    async () => await client.config.region(),
  );
  const client = new DynamoDBClient({
    requestHandler: createRequestHandler(patience),
    ...config,
    signer,
  });
  for (const step of ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'])
    client.middlewareStack.remove(step);
  readForward(client);
  return client;
}
