import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PushMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { deliverPush } from '../../../lambdas/webhooks/deliver-push.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { killAt } from '../cdr/kill-at.ts';
import { havePushes } from './push-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Plant = Awaited<ReturnType<typeof havePushes>>;

/** The fate of a message: how often it comes, when its function ends, and how the partner answers. */
const fates = fc.record({
  kill: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  when: fc.constantFrom<'before' | 'after'>('before', 'after'),
  times: fc.integer({ min: 1, max: 2 }),
  partner: fc.constantFrom<'not' | 'is-down' | 'refuses' | 'loses-its-answer'>(
    ...(['not', 'not', 'is-down', 'refuses', 'loses-its-answer'] as const),
  ),
});

type Fate = typeof fates extends fc.Arbitrary<infer One> ? One : never;

const minutes = (count: number): number => count * 60_000;

async function deliver(plant: Plant, message: PushMessage, fate: Fate): Promise<void> {
  const { receiving, pushing, waiting, clock } = plant;
  receiving.fails = () => fate.partner;
  for (let n = 0; n < fate.times; n += 1) {
    const act = async (): Promise<void> => {
      await deliverPush(pushing, message);
    };
    if (fate.kill === undefined) await act();
    else if (await killAt(database, fate.kill, fate.when, act)) {
      // Nobody has finished it: the queue gives it again.
      waiting.push({ message, due: clock.at + minutes(2) });
    }
  }
}

/** Delivers everything that is queued once, each message with the fate that it is dealt. */
async function deliverAll(plant: Plant, next: () => Fate): Promise<void> {
  const { publish, pushes, waiting, clock } = plant;
  await publish();
  clock.at += minutes(2);
  const batch = [...pushes.splice(0), ...waiting.splice(0).map(({ message }) => message)];
  for (const message of batch) await deliver(plant, message, next());
}

describe('pushes, whatever happens', () => {
  it('however functions end, messages repeat and answers are lost, a partner ends up with exactly what it would read, its changes in order and its CDR once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fates, { minLength: 3, maxLength: 8 }), async (deals) => {
        const plant = await havePushes(database, '2.2.1', ['sessions', 'cdrs']);
        const { begin, uid, receiving, clock, run } = plant;
        let dealt = 0;
        const next = (): Fate => {
          dealt += 1;
          return deals[dealt % deals.length] as Fate;
        };
        const session = await begin(uid);
        await deliverAll(plant, next);
        await session.read(5000);
        await deliverAll(plant, next);
        await session.end();
        await deliverAll(plant, next);
        receiving.fails = () => 'not';
        await run([], clock.at + 3 * 86_400_000);

        const sessions = receiving.taken.filter(({ path }) => path.startsWith('sessions'));
        const stamps = sessions.map(({ body }) => String(body['last_updated']));
        expect(stamps).toEqual(stamps.toSorted());
        expect(sessions[0]?.method).toBe('PUT');
        const held = receiving.held.get(sessions[0]?.path ?? '');
        expect(held).toMatchObject({ status: 'COMPLETED', kwh: 10 });
        expect(held?.['charging_periods']).toHaveLength(1);
        expect(new Set(receiving.posted).size).toBe(1);
        expect(await plant.deliveries()).toEqual([]);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
