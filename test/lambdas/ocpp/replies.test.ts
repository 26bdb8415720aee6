import '../quiet.ts';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import * as metrics from '../../../lambdas/runtime/metrics.ts';
import { takeOff } from '../../../lambdas/store/commands/command-line.ts';
import { createCommand } from '../../../lambdas/store/commands/commands.ts';
import { newReadings, newStatuses } from '../../../lib/functions/record-filters.ts';
import { matchesPattern } from '../../../runner/event-source/event-pattern.ts';
import { scan, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
  await site.register();
  charger = await site.plugIn(Date.parse('2026-04-14T16:00:00.000Z'));
});

afterAll(async () => {
  await site.close();
});

const kept = async (): Promise<readonly Record<string, unknown>[]> =>
  (await scan(site.database, site.database.readings))
    .filter((item) => item['pk']?.S === `${charger.step.charger.chargerKey}#REPLIES`)
    .map((item) =>
      Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, S ?? Number(N)])),
    );

describe('the answer of a charger to a request that nobody waits for', () => {
  it.each([
    [
      '[3,"c1",{"status":"Accepted"}]',
      { outcome: 'result', messageId: 'c1', raw: '{"status":"Accepted"}' },
    ],
    [
      '[4,"c2","OccurenceConstraintViolation","No.",{}]',
      {
        outcome: 'refusal',
        messageId: 'c2',
        reason: 'malformed',
        code: 'OccurenceConstraintViolation',
        description: 'No.',
      },
    ],
    ['[3,"c3",{"status":"Acc', { outcome: 'unreadable', messageId: 'c3' }],
    [`[3,"${'c'.repeat(5_000)}",{}]`, { outcome: 'result', messageId: 'c'.repeat(5_000) }],
  ])('an unexpected reply is kept for a week and not answered: %.60s', async (frame, expected) => {
    const count = vi.spyOn(metrics, 'emitMetric');
    const before = (await kept()).length;

    expect(await charger.send(frame)).toBeUndefined();
    expect(await charger.send(frame)).toBeUndefined();

    const replies = await kept();
    expect(replies).toHaveLength(before + 1);
    expect(replies).toContainEqual(
      expect.objectContaining({
        ...expected,
        kind: 'reply',
        chargerKey: charger.step.charger.chargerKey,
        receivedAt: '2026-04-14T16:00:00.000Z',
        expiresAt: Date.parse('2026-04-21T16:00:00.000Z') / 1000,
      }),
    );
    expect(count).toHaveBeenCalledWith(
      { action: 'reply', outcome: expected.outcome },
      { Messages: 1 },
      expect.objectContaining({ messageId: expected.messageId }),
    );
  });

  it('the answer to a command is counted with the time since the command was accepted, and only the first', async () => {
    const { chargerKey, chargerId, operatorId } = charger.step.charger;
    const createdAt = Date.parse('2026-04-14T16:00:00.000Z') - 2_500;
    const sequence = commandSequence(createdAt, 'a');
    const messageId = `ClearCache.${sequence}`;
    await createCommand(site.database, {
      ...{ sequence, chargerKey, operatorId, chargerId, state: 'queued' },
      request: { type: 'clear-cache' },
      frame: `[2,"${messageId}","ClearCache",{}]`,
      createdAt: new Date(createdAt).toISOString(),
      expiresAt: new Date(createdAt + 3_600_000).toISOString(),
    });
    await takeOff(site.database, chargerKey, sequence, createdAt + 1_000, false);
    const count = vi.spyOn(metrics, 'emitMetric').mockClear();

    const reply = `[3,"${messageId}",{"status":"Accepted"}]`;
    for (let n = 0; n < 2; n += 1) await charger.send(reply);

    const counted = { action: 'reply', outcome: 'result' };
    const ids = expect.objectContaining({ messageId, command: 'ClearCache' });
    expect(count.mock.calls).toEqual([
      [counted, { Messages: 1, CommandMilliseconds: 2_500 }, ids],
      [counted, { Messages: 1 }, ids],
    ]);
  });

  it('a reply to a request of ours is kept with its outcome, besides other replies to it', async () => {
    expect(await charger.send('[3,"Reset.aaaabbbb",{"status":"Rejected"}]')).toBeUndefined();
    expect(await charger.send('[3,"Reset.aaaabbbb",{"status":"Accepted"}]')).toBeUndefined();

    const pk = { S: `${charger.step.charger.chargerKey}#REPLIES` };
    const { Items = [] } = await site.database.client.send(
      new QueryCommand({
        TableName: site.database.readings,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :id)',
        ExpressionAttributeValues: { ':pk': pk, ':id': { S: 'Reset.aaaabbbb#' } },
      }),
    );
    expect(Items.map(({ action }) => action?.S)).toEqual(['Reset', 'Reset']);
    expect(Items.map(({ read }) => JSON.parse(read?.S ?? ''))).toEqual(
      expect.arrayContaining([
        { kind: 'accepted' },
        { kind: 'rejected', reason: 'rejected', word: 'Rejected' },
      ]),
    );
  });

  it('an unexpected reply is not a reading and starts no step of the stream', async () => {
    await charger.send('[3,"c9",{}]');
    const items = await scan(site.database, site.database.readings);
    const NewImage = items.find((item) => item['messageId']?.S === 'c9');
    expect(NewImage).toBeDefined();
    for (const filter of [newReadings, newStatuses]) {
      const record = { eventName: 'INSERT', dynamodb: { NewImage } };
      expect(matchesPattern(JSON.parse(JSON.stringify(filter)), record)).toBe(false);
    }
  });
});
