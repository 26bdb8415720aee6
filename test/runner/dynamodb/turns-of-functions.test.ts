import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { callerAccessKey } from '../../../runner/aws-json/caller-access-key.ts';
import { startDynamodbEndpoint } from '../../../runner/dynamodb/start-dynamodb-endpoint.ts';
import { tablesOf } from '../../../runner/dynamodb/table.ts';
import { readingsDeployment } from './readings-deployment.ts';

/** An engine that only says who asked it, in the order in which they did: a real one works on what it has in an order of its own. */
async function startListener(heard: string[]) {
  const server = createServer((request, response) => {
    heard.push(callerAccessKey(request.headers));
    request.resume().on('end', () => response.end('{}'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kind: 'dynoxide' as const,
    stop: async () => {},
  };
}

it('the write of a message does not wait for the forty that a function in the background has asked for before it', async () => {
  const gate = Promise.withResolvers<undefined>();
  const arrived: string[] = [];
  const heard: string[] = [];
  const endpoint = await startDynamodbEndpoint({
    engine: await startListener(heard),
    tables: tablesOf(readingsDeployment),
    authorize: () => ({ allowed: true }),
    // All of them are there before the first of them is begun.
    disturb: (_operation, accessKeyId) => {
      arrived.push(accessKeyId);
      return gate.promise;
    },
    isInBackground: (accessKeyId) => accessKeyId === 'ASIATARIFF',
  });
  onTestFinished(endpoint.stop);
  const clientOf = (accessKeyId: string) => {
    const credentials = { accessKeyId, secretAccessKey: 'secret' };
    const client = new DynamoDBClient({
      endpoint: endpoint.url,
      region: 'eu-central-1',
      credentials,
    });
    onTestFinished(() => client.destroy());
    return client;
  };
  const [tariff, ocpp] = [clientOf('ASIATARIFF'), clientOf('ASIAOCPP')];
  const put = async (client: DynamoDBClient, sk: string) => {
    const Item = { pk: { S: 'ses_1' }, sk: { S: sk } };
    await client.send(new PutItemCommand({ TableName: 'readings', Item }));
  };
  const folded = Array.from({ length: 40 }, (_, index) => put(tariff, `folded ${index}`));
  await expect.poll(() => arrived.length).toBe(40);
  const message = put(ocpp, 'message');
  await expect.poll(() => arrived.length).toBe(41);
  gate.resolve(undefined);
  await Promise.all([...folded, message]);
  expect(heard).toHaveLength(41);
  expect(heard.indexOf('ASIAOCPP')).toBeLessThan(10);
});
