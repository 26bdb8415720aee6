import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { newReaderItem } from '../../../lambdas/store/events/audience.ts';
import { addSubscriber, readSubscriber } from '../../../lambdas/store/events/subscribers.ts';
import { putItem } from '../../contracts/put-item.ts';
import { followFeed } from '../feed-client.ts';
import { connect, eventually, registerCharger } from '../flow.ts';
import type { RunningFlow } from '../start-flow.ts';

/** The tables behind a running stack, past all policies. */
const databaseOf = ({ service }: RunningFlow) => {
  const feed = service.stack.functions.find(({ name }) => name.endsWith('-feed'));
  return {
    client: new DynamoDBClient({
      endpoint: service.ready.dynamodb,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
    }),
    state: feed?.environment['STATE_TABLE'] ?? '',
    readings: '',
  };
};

const longAgo = '2026-01-01T00:00:00.000Z';

/** The live feed on the way that all others take, with the privileges of the functions that it needs. */
export const feedScenarios = (flow: () => RunningFlow): void => {
  describe('the live feed', () => {
    it('an operator that has not read events for long follows them from its connection on, until its key is deleted', async () => {
      const operator = await flow().newOperator('Follower of events');
      const database = databaseOf(flow());
      await putItem(database, newReaderItem(operator.operatorId, longAgo));
      const key = { name: 'Feed', scopes: ['events:read'] };
      const made = await operator.post<{ apiKeyId: string; apiKey: string }>('/api-keys', key);
      const client = await followFeed(flow().service.ready.feed, made.body.apiKey);
      client.send({ type: 'subscribe', types: ['charger.connected'] });
      await client.frame('subscribed');
      const own = { ...flow(), operator };
      const charger = await registerCharger(own);
      await eventually(
        async () => {
          await (await connect(own, charger)).close();
          return client.frames;
        },
        (frames) => frames.some(({ type }) => type === 'events'),
      );
      const { events = [] } = await client.frame('events');
      expect(events[0]).toMatchObject({
        type: 'charger.connected',
        data: { chargerId: charger.chargerId },
      });

      const again = await followFeed(flow().service.ready.feed, made.body.apiKey);
      again.send({ type: 'subscribe', after: events[0]?.id });
      await again.frame('subscribed');
      again.socket.close();
      await operator.remove(`/api-keys/${made.body.apiKeyId}`);
      const pinging = setInterval(() => client.send({ type: 'ping' }), 500);
      await client.closed;
      clearInterval(pinging);
      // The answer to a ping may be on its way when the connection is ended.
      const last = client.frames.findLast(({ type }) => type !== 'pong');
      expect(last).toMatchObject({ type: 'closed', code: 'INVALID_API_KEY' });
    });

    it('a subscriber whose connection is unknown to the gateway is forgotten with the next event', async () => {
      const operator = await flow().newOperator('Follower that is gone');
      const database = databaseOf(flow());
      const connectionId = 'L0SM9cOFvHcCIhw=';
      const [, , apiKeyId = ''] = operator.apiKey.split('_');
      await addSubscriber(database, {
        operatorId: operator.operatorId,
        connectionId,
        apiKeyId,
        position: 'evt_000000000000999',
        types: [],
        chargers: [],
        locations: [],
        until: Date.now() + 3_600_000,
      });
      const own = { ...flow(), operator };
      await (await connect(own, await registerCharger(own))).close();
      const forgotten = await eventually(
        () => readSubscriber(database, operator.operatorId, connectionId),
        (subscriber) => subscriber === undefined,
      );
      expect(forgotten).toBeUndefined();
    });
  });
};
