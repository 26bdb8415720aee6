import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTurns } from '../../../runner/dynamodb/turns.ts';

const callers = fc.array(fc.constantFrom('ocpp', 'tariff', 'events'), { maxLength: 40 });
const atOnce = fc.integer({ min: 1, max: 4 });

/** Asks for all works at once and ends them one after the other, in the order in which they began; gives who began, in that order. */
async function beginnings(asked: readonly string[], limit: number) {
  const takeTurn = createTurns(limit);
  const begun: { readonly caller: string; readonly index: number; readonly end: () => void }[] = [];
  let most = 0;
  let inWork = 0;
  const all = asked.map((caller, index) =>
    takeTurn(caller, async () => {
      inWork += 1;
      most = Math.max(most, inWork);
      await new Promise<void>((end) => begun.push({ caller, index, end }));
      inWork -= 1;
      return index;
    }),
  );
  for (let ended = 0; ended < asked.length; ended += 1) {
    // All that may begin by now has begun when the event loop comes round.
    await setImmediate();
    begun[ended]?.end();
  }
  return { begun, most, outcomes: await Promise.all(all) };
}

it('every request to the engine has its turn and its own answer, and no more than the limit go on at once', async () => {
  await fc.assert(
    fc.asyncProperty(callers, atOnce, async (asked, limit) => {
      const { begun, most, outcomes } = await beginnings(asked, limit);
      expect(outcomes).toEqual(asked.map((_caller, index) => index));
      expect(begun).toHaveLength(asked.length);
      expect(most).toBe(Math.min(limit, asked.length));
    }),
  );
});

it('the requests of one function go to the engine in the order in which it sent them', async () => {
  await fc.assert(
    fc.asyncProperty(callers, atOnce, async (asked, limit) => {
      const { begun } = await beginnings(asked, limit);
      for (const own of Map.groupBy(begun, ({ caller }) => caller).values()) {
        const order = own.map(({ index }) => index);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
    }),
  );
});

it('no function has a second turn while another waits for its first', async () => {
  const { begun } = await beginnings(
    [...Array.from({ length: 16 }, () => 'tariff'), 'ocpp', 'events', 'ocpp'],
    2,
  );
  expect(begun.map(({ caller }) => caller).slice(0, 9)).toEqual([
    ...['tariff', 'tariff'],
    ...['tariff', 'ocpp', 'events', 'tariff', 'ocpp', 'tariff', 'tariff'],
  ]);
});

it('a request that fails gives its turn to the next one', async () => {
  const takeTurn = createTurns(1);
  const failed = takeTurn('tariff', () => Promise.reject(new Error('The engine has gone')));
  const next = takeTurn('ocpp', () => Promise.resolve('written'));
  await expect(failed).rejects.toThrow('The engine has gone');
  expect(await next).toBe('written');
  expect(await takeTurn('ocpp', () => Promise.resolve('and the one after it'))).toBe(
    'and the one after it',
  );
});
