import '../lambdas/quiet.ts';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { makeCdr } from '../../lambdas/cdr/make-cdr.ts';
import { countPush } from '../../lambdas/store/operators/push-counts.ts';
import { keyAttributes } from '../../lambdas/store/table/keys/key.ts';
import { sessionKey } from '../../lambdas/store/table/keys/session-keys.ts';
import { cdrHelpers, newOperator } from '../lambdas/plant.ts';
import { push, pushedHours } from '../lambdas/push/push-client.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('pushed sessions', (database) => {
  it('100 sessions that are pushed 20 times at once are accepted once each', async () => {
    const operator = await newOperator(database());
    const body = { sessions: pushedHours(100) };

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => push(database(), operator.apiKey, body)),
    );
    const sum = { accepted: 0, duplicates: 0 };
    for (const { body: outcome } of answers) {
      const { accepted, duplicates } = outcome as typeof sum;
      sum.accepted += accepted;
      sum.duplicates += duplicates;
    }

    expect(sum).toEqual({ accepted: 100, duplicates: 1_900 });
    const { body: listed } = await operator.call('GET', '/sessions?limit=100');
    expect(listed.items).toHaveLength(100);
    expect(listed['nextCursor']).toBeNull();
  });

  it('a push that ended between a record and its session is completed by its repetition', async () => {
    const operator = await newOperator(database());
    const [record] = pushedHours(1);
    await push(database(), operator.apiKey, { sessions: [record] });
    const { body } = await operator.call('GET', '/sessions');
    const sessionId = String(body.items?.[0]?.['sessionId']);
    await database().client.send(
      new DeleteItemCommand({
        TableName: database().state,
        Key: keyAttributes(sessionKey(sessionId)),
      }),
    );

    const again = await push(database(), operator.apiKey, { sessions: [record] });

    expect(again.body).toEqual({ accepted: 1, duplicates: 0 });
    // Without a tariff: held for that alone, since its evidence counts although it was kept before.
    expect(await makeCdr(database(), cdrHelpers, sessionId)).toBe('held');
    const { body: cdr } = await operator.call('GET', `/sessions/${sessionId}/cdr`);
    expect(cdr).toMatchObject({ energyKwh: 7.4, evidence: { readings: 1, quality: 'stated' } });
    const { body: readings } = await operator.call('GET', `/sessions/${sessionId}/readings`);
    expect(readings.items).toMatchObject([{ late: false }]);
  });

  it('each request of a key gets a number of its own, however many come at once', async () => {
    const counts = await Promise.all(
      Array.from({ length: 60 }, () => countPush(database(), 'key', 7, 9_999_999_999)),
    );

    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    expect(await countPush(database(), 'key', 8, 9_999_999_999)).toBe(1);
  });
});
