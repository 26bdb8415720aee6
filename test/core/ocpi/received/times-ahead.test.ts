import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFields } from '../../../../core/ocpi/common/fields.ts';
import {
  isOutdated,
  mostApart,
  withoutTimesAhead,
} from '../../../../core/ocpi/received/times-ahead.ts';
import type { JsonLiteral } from '../../../../core/units/json-literals.ts';

const start = Date.UTC(2026, 10, 1);
const year = 365 * 24 * 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/** A statement of a partner: its number, when by our clock, and what its own clock shows then. Epoch ms. */
type Said = { readonly number: number; readonly at: number; readonly clock: number };

const stampOf = (document: JsonLiteral | undefined): JsonLiteral | undefined =>
  document !== undefined && isFields(document) ? document['last_updated'] : undefined;

/** The object as it is held after one more arrival. */
const arrive = (held: JsonLiteral | undefined, said: Said, receivedAt: number): JsonLiteral => {
  const sent = { id: String(said.number), last_updated: iso(said.clock) };
  const document = withoutTimesAhead(sent, iso(receivedAt));
  return held !== undefined && isOutdated(stampOf(document), stampOf(held), iso(receivedAt))
    ? held
    : document;
};

const numberOf = (document: JsonLiteral | undefined): string | undefined =>
  document !== undefined && isFields(document) ? String(document['id']) : undefined;

/** Times at which a partner says something, each a while after the one before. */
const sayings = (least: number) =>
  fc
    .array(
      fc.tuple(fc.integer({ min: least, max: year }), fc.integer({ min: 0, max: 70 * year })),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((waits) => {
      let at = start;
      return waits.map(([wait, ahead], number) => {
        at += wait;
        return { number, at, ahead };
      });
    });

describe('the last thing that a partner says of an object stands', () => {
  it('however far ahead its clock is each time, where it comes in order', () => {
    fc.assert(
      fc.property(sayings(mostApart), (all) => {
        let held: JsonLiteral | undefined;
        for (const { number, at, ahead } of all) {
          held = arrive(held, { number, at, clock: at + ahead }, at);
          expect(numberOf(held)).toBe(String(number));
        }
      }),
    );
  });

  it('in whatever order and however late it comes, also twice, where its clock is behind, or ahead by no more than clocks are', () => {
    const arrivals = fc
      .tuple(sayings(1), fc.integer({ min: -year, max: mostApart }))
      .chain(([all, error]) =>
        fc.tuple(
          fc.constant(all.map(({ number, at }) => ({ number, at, clock: at + error }))),
          fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
          fc.array(fc.integer({ min: 0, max: year }), { minLength: 16, maxLength: 16 }),
        ),
      );
    fc.assert(
      fc.property(arrivals, ([all, order, delays]) => {
        let held: JsonLiteral | undefined;
        let now = 0;
        for (const [place, { number }] of order.entries()) {
          const said = all[number] ?? { number, at: 0, clock: 0 };
          now = Math.max(now, said.at) + (delays[place] ?? 0);
          held = arrive(held, said, now);
        }
        expect(numberOf(held)).toBe(String(all.length - 1));
      }),
    );
  });

  it('whatever came before, in any order and by any clock, once its clock is right', () => {
    const arrivals = fc.array(
      fc.tuple(fc.integer({ min: 0, max: year }), fc.integer({ min: -year, max: 70 * year })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(arrivals, fc.integer({ min: mostApart, max: year }), (earlier, wait) => {
        let held: JsonLiteral | undefined;
        let now = start;
        for (const [delay, clock] of earlier) {
          now += delay;
          held = arrive(held, { number: 0, at: now, clock: start + clock }, now);
        }
        now += wait;
        expect(numberOf(arrive(held, { number: 1, at: now, clock: now }, now))).toBe('1');
      }),
    );
  });

  it('also where something was kept with a time to come', () => {
    const held = { id: '0', last_updated: '2099-01-01T00:00:00Z' };
    expect(numberOf(arrive(held, { number: 1, at: start, clock: start }, start))).toBe('1');
  });
});

describe('a time that lies ahead', () => {
  it('the time of the arrival is taken for it, of an object and of its parts, and of nothing else', () => {
    const [ahead, past] = ['2099-01-01T00:00:00+02:00', '2026-01-01 10:00:00Z'];
    const receivedAt = iso(start);
    const sent = {
      ...{ last_updated: ahead, name: ahead, own: [{ last_updated: ahead }] },
      evses: [{ last_updated: past, connectors: [{ last_updated: ahead }, 'C'] }, null],
      connectors: { last_updated: ahead },
    };

    expect(withoutTimesAhead(sent, receivedAt)).toEqual({
      ...{ ...sent, last_updated: receivedAt },
      evses: [{ last_updated: past, connectors: [{ last_updated: receivedAt }, 'C'] }, null],
    });
    for (const other of [null, 'text', [{ last_updated: ahead }], { last_updated: 5 > 4 }]) {
      expect(withoutTimesAhead(other, receivedAt)).toEqual(other);
    }
  });

  it('clocks may be apart by a minute; a time that says no zone is in UTC, and what is no time is left to be refused', () => {
    const stamp = (last_updated: string) =>
      stampOf(withoutTimesAhead({ last_updated }, iso(start)));
    expect(stamp(iso(start + mostApart))).toBe(iso(start + mostApart));
    expect(stamp(iso(start + mostApart + 1))).toBe(iso(start));
    expect(stamp('2026-11-01T00:01:01')).toBe(iso(start));
    expect(stamp('2026-11-01T00:00:59')).toBe('2026-11-01T00:00:59');
    expect(stamp('soon')).toBe('soon');
    expect(isOutdated('soon', iso(start), iso(start))).toBe(false);
    expect(isOutdated(iso(start), undefined, iso(start))).toBe(false);
    expect(isOutdated(iso(start), iso(start), iso(start))).toBe(false);
  });
});
