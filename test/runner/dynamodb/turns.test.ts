import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTurns } from '../../../runner/dynamodb/turns.ts';

const asked = fc.array(
  fc.record({ caller: fc.constantFrom('tariff', 'events', 'cdr'), fails: fc.boolean() }),
  { maxLength: 20 },
);

it('each function has one request in work at a time, in the order in which it sent them, and each gets its own answer', async () => {
  await fc.assert(
    fc.asyncProperty(asked, fc.infiniteStream(fc.nat()), async (requests, choices) => {
      const takeTurn = createTurns();
      const begun: { readonly caller: string; readonly index: number; readonly end: () => void }[] =
        [];
      const answers = requests.map(({ caller, fails }, index) =>
        takeTurn(caller, async () => {
          await new Promise<void>((end) => begun.push({ caller, index, end }));
          if (fails) throw new Error(`no answer to ${index}`);
          return index;
        }),
      );
      const settled = Promise.allSettled(answers);
      const ended: number[] = [];
      for (const choice of choices) {
        // All that may begin by now has begun when the event loop comes round.
        await setImmediate();
        const inWork = begun.filter(({ index }) => !ended.includes(index));
        const waiting = requests.flatMap(({ caller }, index) =>
          ended.includes(index) ? [] : [caller],
        );
        expect(inWork.map(({ caller }) => caller).toSorted()).toEqual(
          [...new Set(waiting)].toSorted(),
        );
        const next = inWork[choice % inWork.length];
        if (next === undefined) break;
        ended.push(next.index);
        next.end();
      }
      expect((await settled).map(({ status }) => status)).toEqual(
        requests.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
      );
      for (const own of Map.groupBy(begun, ({ caller }) => caller).values()) {
        const order = own.map(({ index }) => index);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
    }),
  );
});
