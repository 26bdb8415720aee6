import { expect, it } from 'vitest';
import {
  type ChargerMessage,
  keepChargerMessage,
  listChargerMessages,
  type MessageFilter,
} from '../../lambdas/store/readings/charger-messages.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { scan } from '../lambdas/plant.ts';
import { onEachEngine } from './on-each-engine.ts';

const at = (second: number) => new Date(Date.UTC(2026, 3, 14, 16, 0, second)).toISOString();

const message = (second: number, overrides: Partial<ChargerMessage> = {}): ChargerMessage => ({
  protocol: 'ocpp2.0.1',
  action: 'NotifyEvent',
  receivedAt: at(second),
  raw: `{"seqNo":${second}}`,
  ...overrides,
});

/** Everything that a filter finds, page by page. */
const all = async (database: Database, key: string, filter: MessageFilter, limit: number) => {
  const found: ChargerMessage[] = [];
  let after: string | undefined;
  do {
    const page = await listChargerMessages(database, key, filter, { limit, after });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
};

onEachEngine("the store of a charger's messages", (database) => {
  it('the messages of a charger are listed word for word, the latest first, in pages', async () => {
    const sent = Array.from({ length: 7 }, (_one, n) => message(n));
    for (const [n, one] of sent.entries()) {
      await keepChargerMessage(database(), 'op#a', one, `h${n}`);
      await keepChargerMessage(database(), 'op#a', one, `h${n}`);
    }
    await keepChargerMessage(database(), 'op#b', message(3), 'other');

    for (const limit of [1, 3, 7, 100]) {
      expect(await all(database(), 'op#a', {}, limit)).toEqual(sent.toReversed());
    }
    expect(await all(database(), 'op#c', {}, 10)).toEqual([]);
  });

  it('messages are found by their action and by the time of their receipt, both ends included', async () => {
    for (let n = 0; n < 6; n += 1) {
      const action = n % 2 === 0 ? 'NotifyEvent' : 'SecurityEventNotification';
      await keepChargerMessage(database(), 'op#f', message(n, { action }), `h${n}`);
    }
    const seconds = async (filter: MessageFilter, limit = 2) =>
      (await all(database(), 'op#f', filter, limit)).map(({ receivedAt }) =>
        new Date(receivedAt).getUTCSeconds(),
      );

    expect(await seconds({ actions: ['NotifyEvent'] })).toEqual([4, 2, 0]);
    expect(await seconds({ from: at(1), to: at(3) })).toEqual([3, 2, 1]);
    expect(await seconds({ actions: ['SecurityEventNotification'], from: at(2) })).toEqual([5, 3]);
    expect(await seconds({ actions: ['NotifyReport'] })).toEqual([]);
    expect(await seconds({ from: at(3), to: at(1) })).toEqual([]);
  });

  it('a page of rare messages costs three queries at most, and the list continues behind it', async () => {
    await keepChargerMessage(database(), 'op#r', message(0, { action: 'NotifyReport' }), 'first');
    const start = Date.parse(at(1));
    const others = Array.from({ length: 800 }, (_one, n) =>
      message(1, { receivedAt: new Date(start + n).toISOString() }),
    );
    await Promise.all(
      others.map(async (one) => await keepChargerMessage(database(), 'op#r', one, 'h')),
    );

    const filter = { actions: ['NotifyReport'] };
    const page = await listChargerMessages(database(), 'op#r', filter, { limit: 10 });
    expect(page.items).toEqual([]);
    expect(page.next).not.toBeNull();
    expect(await all(database(), 'op#r', filter, 10)).toHaveLength(1);
  });

  it('large messages make short pages, so that every answer has room for its page', async () => {
    for (let n = 0; n < 30; n += 1) {
      const raw = JSON.stringify({ data: 'x'.repeat(100_000) });
      await keepChargerMessage(database(), 'op#l', message(n, { raw }), `h${n}`);
    }

    const page = await listChargerMessages(database(), 'op#l', {}, { limit: 100 });
    expect(page.items.length).toBeLessThan(11);
    expect(await all(database(), 'op#l', {}, 100)).toHaveLength(30);
  });

  it('a message expires after 30 days', async () => {
    await keepChargerMessage(database(), 'op#t', message(0), 'h');

    const [item] = await scan(database(), database().readings);
    expect(Number(item?.['expiresAt']?.N)).toBe(Date.parse(at(0)) / 1000 + 30 * 86_400);
  });
});
