import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endAt, measured, type Taken } from './measured-by-minute.ts';

const runs = { numRuns: 200 };
const quarterHours = [15, 30, 45, 60];

const interval = { measurand: 'Energy.Active.Import.Interval' };

/** The Wh that a session drew in each of four quarter hours by its intervals, and those that its register rose in each of them. */
type Charged = { readonly drawn: readonly number[]; readonly rise: number };

/** The result of a session of an hour, whose register stands at 100,000 Wh before any energy flowed and is read besides as `read` says. */
const measuredHour = (
  { drawn, rise }: Charged,
  {
    hasStart = false,
    read = [],
    location,
  }: {
    readonly hasStart?: boolean;
    readonly read?: readonly Taken[];
    readonly location?: string;
  } = {},
) => {
  const taken = quarterHours.map(
    (minutes, n): Taken => [
      minutes,
      String(drawn[n]),
      location === undefined ? interval : { ...interval, location },
    ],
  );
  // A session without a start register is whole by this one.
  const first: Taken = [1, '100000'];
  return measured(
    { start: endAt(0, hasStart ? 100_000 : undefined), stop: endAt(60, 100_000 + rise * 4) },
    ...(hasStart ? [] : [first]),
    ...read,
    ...taken,
  );
};

/** A session whose first interval shows more than its register counts of it. */
const withMoreAtFirst = ({ rise, more }: { readonly rise: number; readonly more: number }) =>
  measuredHour({ drawn: [rise + more, rise, rise, rise], rise });

describe('intervals of a session whose register tells later', () => {
  it('a session is not held for what is lost between the inlet, where its intervals are measured, and the outlet, where its register is', () => {
    const charged = fc.record({
      rise: fc.integer({ min: 100, max: 40_000 }),
      lost: fc.integer({ min: 0, max: 14 }),
      location: fc.constantFrom('Inlet', 'Body', 'Cable'),
      readAt: fc.constantFrom(undefined, 45),
      hasStart: fc.boolean(),
    });
    fc.assert(
      fc.property(charged, ({ rise, lost, location, readAt, hasStart }) => {
        const drawn = Math.ceil((rise * 100) / (100 - lost));
        const read: readonly Taken[] =
          readAt === undefined ? [] : [[readAt, String(100_000 + (rise * readAt) / 15)]];
        const result = measuredHour(
          { drawn: quarterHours.map(() => drawn), rise },
          { hasStart, read, location },
        );
        expect([result.energy, result.hold]).toEqual([BigInt(rise) * 4000n, false]);
      }),
      runs,
    );
  });

  it('a session without a start register is not held for less than 100 Wh that its intervals show before its register told', () => {
    const charged = fc.record({
      rise: fc.integer({ min: 25, max: 5000 }),
      more: fc.integer({ min: 0, max: 99 }),
    });
    fc.assert(
      fc.property(charged, (session) => {
        const result = withMoreAtFirst(session);
        expect([result.energy, result.hold]).toEqual([BigInt(session.rise) * 4000n, false]);
      }),
      runs,
    );
  });

  it('a session without a start register is held where its intervals show 100 Wh and more that its register does not count', () => {
    const charged = fc.record({
      rise: fc.integer({ min: 25, max: 5000 }),
      more: fc.integer({ min: 101, max: 5000 }),
    });
    fc.assert(
      fc.property(charged, (session) => {
        const result = withMoreAtFirst(session);
        expect(result.hold).toBe(true);
      }),
      runs,
    );
  });
});
