import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConcurrentUpdateError } from '../../../lambdas/runtime/concurrent-update-error.ts';
import { isServiceTrouble } from '../../../lambdas/runtime/is-service-trouble.ts';

/** Answer of the service: a status and an error name, a closed connection, or no answer at all. */
let answer: readonly [number, string] | 'hang-up' | 'silence' = 'silence';
let service: Server;

beforeAll(async () => {
  service = createServer((request, response) => {
    if (answer === 'hang-up') request.socket.destroy();
    else if (answer !== 'silence') {
      response.statusCode = answer[0];
      response.end(JSON.stringify({ __type: answer[1], message: 'no' }));
    }
  });
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
});

afterAll(() => {
  service.closeAllConnections();
  service.close();
});

async function errorOf(endpoint: string): Promise<unknown> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
    maxAttempts: 1,
    // Only who never answers is given up on: on a busy machine an answer takes its time.
    requestHandler: {
      requestTimeout: answer === 'silence' ? 100 : 10_000,
      throwOnRequestTimeout: true,
    },
  });
  try {
    await client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'x' } } }));
    return undefined;
  } catch (error) {
    return error;
  } finally {
    client.destroy();
  }
}

const own = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`;

describe('trouble of a service', () => {
  it.each([
    ['throttles', [400, 'ThrottlingException']],
    ['gets more requests than its capacity', [400, 'ProvisionedThroughputExceededException']],
    ['breaks', [500, 'InternalServerError']],
    ['denies access', [400, 'AccessDeniedException']],
    ['gives an unreadable answer', [503, '<html>']],
    ['closes the connection', 'hang-up'],
    ['does not answer', 'silence'],
  ] as const)('a service is in trouble if it %s', async (_, how) => {
    answer = how;

    const error = await errorOf(own());

    expect(error).toBeInstanceOf(Error);
    expect(isServiceTrouble(error)).toBe(true);
  });

  it('a service is in trouble if nobody answers', async () => {
    expect(isServiceTrouble(await errorOf('http://127.0.0.1:9'))).toBe(true);
  });

  it.each(['ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE'])(
    'a network error %s is service trouble even outside the SDK',
    (code) => {
      expect(isServiceTrouble(Object.assign(new Error('no'), { code }))).toBe(true);
    },
  );
});

describe('others who change the same thing', () => {
  it('a conflict with simultaneous changes is not our error: it succeeds later', () => {
    expect(isServiceTrouble(new ConcurrentUpdateError('The session kept changing'))).toBe(true);
  });
});

describe('an error of ours', () => {
  it.each([
    'ValidationException',
    'SerializationException',
    'ItemCollectionSizeLimitExceededException',
  ])('a request that the service calls wrong is our error: %s', async (name) => {
    answer = [400, name];

    const error = await errorOf(own());

    expect(error).toMatchObject({ name });
    expect(isServiceTrouble(error)).toBe(false);
  });

  it.each([
    new Error('Stored item without text attribute pk'),
    new TypeError("Cannot read properties of undefined (reading 'x')"),
    new RangeError('Invalid time value'),
    Object.assign(new TypeError('no argument'), { code: 'ERR_INVALID_ARG_TYPE' }),
    'a text that was thrown',
    undefined,
  ])('%s is our error', (error) => {
    expect(isServiceTrouble(error)).toBe(false);
  });
});
