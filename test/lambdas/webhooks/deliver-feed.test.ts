import '../quiet.ts';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedMessage, OutboundMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { appendEvents } from '../../../lambdas/store/events/append-events.ts';
import type { NewEvent } from '../../../lambdas/store/events/logged-event.ts';
import { addSubscriber, readSubscriber } from '../../../lambdas/store/events/subscribers.ts';
import { deliverFeed, type Feeding } from '../../../lambdas/webhooks/deliver-feed.ts';
import type { FeedConnection } from '../../../lambdas/webhooks/feed-connection.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newLocation } from '../one-of-everything.ts';
import { newOperator } from '../plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Outcome = Awaited<ReturnType<FeedConnection['post']>>;
type Shown = {
  readonly id: string;
  readonly data: { readonly n: number; readonly chargerId?: string };
};

const beginning = 'evt_000000000000999';
let sources = 0;

/** An operator with a log and a client of its feed, which connects again after the last event that it got. */
function newClient(operatorId = `op_${randomBytes(6).toString('hex')}`) {
  let connectionId = '';
  let now = Date.now();
  let logged = 0;
  const got: Shown[] = [];
  const frames: { readonly events: number; readonly bytes: number }[] = [];
  const closed: string[] = [];
  const sent: OutboundMessage[] = [];
  const dead = new Set<string>();
  let crash: 'before' | 'after' | undefined;
  let answer: Outcome = 'posted';
  let mayRead = true;
  let locations: readonly string[] = [];
  const feeding: Feeding = {
    database,
    now: () => now,
    newClaim: () => randomBytes(8).toString('hex'),
    mayRead: async () => mayRead,
    send: async (messages) => {
      sent.push(...messages);
    },
    connection: {
      post: async (id, text) => {
        const { code, events = [] }: { code?: string; events?: Shown[] } = JSON.parse(text);
        if (dead.has(id)) return 'gone';
        if (code !== undefined) {
          closed.push(code);
          return 'posted';
        }
        const crashes = crash;
        crash = undefined;
        if (crashes === 'before') throw new Error('The function ended before it sent');
        if (answer !== 'posted') return answer;
        frames.push({ events: events.length, bytes: Buffer.byteLength(text) });
        got.push(...events);
        if (crashes === 'after') throw new Error('The function ended after it sent');
        return 'posted';
      },
      close: async (id) => {
        dead.add(id);
      },
    },
  };
  const connect = async (): Promise<void> => {
    connectionId = randomBytes(8).toString('hex');
    await addSubscriber(database, {
      operatorId,
      connectionId,
      apiKeyId: 'key',
      position: got.at(-1)?.id ?? beginning,
      types: [],
      chargers: [],
      locations,
      until: now + 7_200_000,
    });
  };
  const message = (): FeedMessage => ({
    kind: 'feed',
    operatorId,
    connectionId,
    apiKeyId: 'key',
    waitSeconds: 0,
  });
  return {
    got,
    frames,
    closed,
    sent,
    connect,
    choose: (...chosen: readonly string[]) => {
      locations = chosen;
    },
    /** An event of each of these chargers, in this order. */
    appendOf: async (...chargerIds: readonly string[]): Promise<void> => {
      const at = new Date(now).toISOString();
      const events = chargerIds.map((chargerId): NewEvent => {
        sources += 1;
        return { type: 'charger.status', at, data: { chargerId, n: 0 }, source: `s${sources}` };
      });
      await appendEvents(database, operatorId, events, { since: now });
    },
    append: async (count: number, padding = ''): Promise<void> => {
      const events = Array.from({ length: count }, (_, index): NewEvent => {
        sources += 1;
        const data = { n: logged + index, padding };
        return {
          type: 'charger.status',
          at: new Date(now).toISOString(),
          data,
          source: `s${sources}`,
        };
      });
      logged += count;
      await appendEvents(database, operatorId, events, { since: now });
    },
    deliver: async (): Promise<string> =>
      await deliverFeed(feeding, message()).catch(() => 'crashed'),
    /** Loses the connection of the client; it connects again. */
    reconnect: async (): Promise<void> => {
      dead.add(connectionId);
      await connect();
    },
    isOpen: () => !dead.has(connectionId),
    isSubscribed: async () =>
      (await readSubscriber(database, operatorId, connectionId)) !== undefined,
    crashNext: (when: 'before' | 'after' | undefined) => {
      crash = when;
    },
    answerWith: (outcome: Outcome) => {
      answer = outcome;
    },
    revoke: () => {
      mayRead = false;
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    logged: () => logged,
  };
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('deliver' as const), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('crash' as const),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ kind: fc.constant('reconnect' as const) }),
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
);

describe('what a subscriber gets', () => {
  it('a subscriber of locations gets the events of the chargers that belong to them, and the place in the log moves on over the others', async () => {
    const { operatorId, call } = await newOperator(database);
    const newSite = async () =>
      String((await call('POST', '/locations', newLocation)).body['locationId']);
    const [north, south] = [await newSite(), await newSite()];
    await call('POST', '/chargers', { chargerId: 'N-1', locationId: north });
    await call('POST', '/chargers', { chargerId: 'S-1', locationId: south });
    await call('POST', '/chargers', { chargerId: 'NOWHERE' });
    const client = newClient(operatorId);
    client.choose(north);
    await client.connect();
    const chargersSent = () => client.got.map(({ data }) => data.chargerId);

    await client.appendOf('S-1', 'N-1', 'NOWHERE', 'UNKNOWN', 'n-1');
    await client.deliver();
    expect(chargersSent()).toEqual(['N-1', 'n-1']);

    await client.appendOf('S-1', 'NOWHERE');
    expect(await client.deliver()).toBe('sent');
    await call('PATCH', '/chargers/S-1', { locationId: north });
    await client.appendOf('S-1');
    await client.deliver();
    expect(chargersSent()).toEqual(['N-1', 'n-1', 'S-1']);
  });

  it('a subscriber gets exactly the log in its order, however often functions run at once, end in the middle or the connection is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), async (steps) => {
        const client = newClient();
        await client.connect();
        for (const one of steps) {
          switch (one.kind) {
            case 'append':
              await client.append(one.count);
              break;
            case 'deliver':
              await Promise.all(Array.from({ length: one.times }, client.deliver));
              break;
            case 'crash':
              client.crashNext(one.when);
              await client.append(1);
              await client.deliver();
              break;
            case 'reconnect':
              await client.reconnect();
              break;
            case 'pass':
              client.pass(1000 * one.seconds);
              break;
            default:
              one satisfies never;
          }
          const numbers = client.got.map(({ data }) => data.n);
          expect(numbers).toEqual(numbers.map((_, index) => index));
        }
        // In the end the message of whoever crashed comes back, and the client connects again where it was closed.
        client.crashNext(undefined);
        client.pass(180_000);
        await client.deliver();
        if (!client.isOpen()) await client.connect();
        await client.deliver();
        expect(client.got.map(({ data }) => data.n)).toEqual(
          Array.from({ length: client.logged() }, (_, index) => index),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('events come in frames of at most 100 events and 32 KB', async () => {
    const client = newClient();
    await client.connect();
    await client.append(130, 'x'.repeat(1_000));
    await client.append(150);
    expect(await client.deliver()).toBe('sent');
    expect(client.got.map(({ data }) => data.n)).toEqual(Array.from({ length: 280 }, (_, n) => n));
    expect(Math.max(...client.frames.map(({ bytes }) => bytes))).toBeLessThan(32 * 1024);
    expect(Math.max(...client.frames.map(({ events }) => events))).toBe(100);
  });

  it('a batch that another run is sending is not sent twice', async () => {
    const client = newClient();
    await client.connect();
    client.crashNext('after');
    await client.append(1);
    expect(await client.deliver()).toBe('crashed');
    expect(await client.deliver()).toBe('claimed');
    expect(client.got).toHaveLength(1);
    expect(client.sent).toMatchObject([{ kind: 'feed', waitSeconds: 61 }]);
  });
});

describe('the end of a connection', () => {
  it.each([
    ['slow', 'FEED_TOO_SLOW'],
    ['unknown', 'FEED_INTERRUPTED'],
  ] as const)(
    'a connection whose frame is answered with %s is closed with the reason %s, and forgotten',
    async (outcome, code) => {
      const client = newClient();
      await client.connect();
      await client.append(1);
      client.answerWith(outcome);
      expect(await client.deliver()).toBe(code);
      expect([client.closed, client.isOpen(), await client.isSubscribed()]).toEqual([
        [code],
        false,
        false,
      ]);
    },
  );

  it('a connection whose key was deleted or has expired is closed before anything more is sent', async () => {
    const client = newClient();
    await client.connect();
    await client.append(1);
    client.revoke();
    expect(await client.deliver()).toBe('INVALID_API_KEY');
    expect([client.got, client.closed, client.isOpen()]).toEqual([[], ['INVALID_API_KEY'], false]);
  });

  it('a connection whose run ended in the middle of a batch is closed, since only its client knows what arrived', async () => {
    const client = newClient();
    await client.connect();
    await client.append(1);
    client.crashNext('before');
    await client.deliver();
    client.pass(180_000);
    expect(await client.deliver()).toBe('FEED_INTERRUPTED');
    expect(client.closed).toEqual(['FEED_INTERRUPTED']);
  });

  it('a subscriber that is gone is forgotten', async () => {
    const client = newClient();
    await client.connect();
    await client.append(1);
    client.answerWith('gone');
    expect(await client.deliver()).toBe('gone');
    expect(await client.isSubscribed()).toBe(false);
  });
});
