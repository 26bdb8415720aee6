import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestTime } from '../../../runner/gateway/request-time.ts';

it('an event says the time of its own second, whatever the events before it said', () => {
  const time = fc.integer({ min: 0, max: Date.parse('2099-12-31T23:59:59.999Z') });
  const nearby = fc.tuple(time, fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1 }));
  fc.assert(
    fc.property(nearby, ([begin, later]) => {
      for (const at of later.map((milliseconds) => begin + milliseconds)) {
        const [, day, month, year, clock] = new Date(at).toUTCString().split(' ');
        expect(requestTime(at)).toBe(`${day}/${month}/${year}:${clock} +0000`);
      }
    }),
  );
});
