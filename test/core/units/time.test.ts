import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type Instant, instant, isoInstant } from '../../../core/units/instant.ts';
import { dayOfDate, localBoundaries, localTime } from '../../../core/units/local-time.ts';
import { parseInstant } from '../../../core/units/parse-instant.ts';
import {
  instantsAtLocal,
  isTimeZone,
  offsetSpans,
  zoneOffset,
} from '../../../core/units/time-zone.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'America/Santiago',
  'Pacific/Chatham',
  'America/St_Johns',
  'Africa/Casablanca',
];
const someInstant = fc
  .date({ min: new Date('2024-01-01Z'), max: new Date('2028-01-01Z'), noInvalidDate: true })
  .map((date) => instant(BigInt(date.getTime())));
const someZone = fc.constantFrom(...zones);

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed.kind !== 'instant') throw new Error(text);
  return parsed.at;
};

describe('local time', () => {
  it('localTime agrees with Temporal at any instant in any zone', () => {
    fc.assert(
      fc.property(someInstant, someZone, (when, zone) => {
        const oracle = Temporal.Instant.fromEpochMilliseconds(Number(when)).toZonedDateTimeISO(
          zone,
        );
        const local = localTime(when, zone);
        expect(local.weekday).toBe(oracle.dayOfWeek - 1);
        expect(local.day).toBe(dayOfDate(oracle.toPlainDate().toString()));
        const clock = oracle.toPlainTime();
        const seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second;
        expect(local.timeOfDay).toBe(seconds * 1000 + clock.millisecond);
      }),
    );
  });

  it('offsetSpans has the same clock changes as Temporal, to the millisecond', () => {
    fc.assert(
      fc.property(someInstant, someZone, fc.integer({ min: 1, max: 200 }), (from, zone, days) => {
        const to = instant(from + BigInt(days) * 86_400_000n);
        const changes = offsetSpans(from, to, zone).slice(1);
        const expected: bigint[] = [];
        let cursor = Temporal.Instant.fromEpochMilliseconds(Number(from)).toZonedDateTimeISO(zone);
        for (;;) {
          const next = cursor.getTimeZoneTransition('next');
          if (next === null || next.epochMilliseconds > Number(to)) break;
          expected.push(BigInt(next.epochMilliseconds));
          cursor = next;
        }
        expect(changes.map((span) => span.from)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('instantsAtLocal returns the same instants as Temporal: one, none or two', () => {
    const wall = fc
      .date({ min: new Date('2025-01-01Z'), max: new Date('2026-12-31Z'), noInvalidDate: true })
      .map((date) => Math.floor(date.getTime() / 1_800_000) * 1_800_000);
    fc.assert(
      fc.property(wall, someZone, (local, zone) => {
        const plain = Temporal.PlainDateTime.from(new Date(local).toISOString().slice(0, 19));
        const both = (['earlier', 'later'] as const).map((disambiguation) =>
          plain.toZonedDateTime(zone, { disambiguation }),
        );
        const expected = both
          .filter((zoned) => zoned.toPlainDateTime().equals(plain))
          .map((zoned) => BigInt(zoned.epochMilliseconds));
        expect(instantsAtLocal(BigInt(local), zone)).toEqual([...new Set(expected)]);
      }),
    );
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30:00Z', []],
    [
      'Europe/Berlin',
      '2026-10-25T02:30:00Z',
      ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ],
    ['Africa/Cairo', '2025-04-25T00:00:00Z', []],
    ['America/Santiago', '2025-09-07T00:00:00Z', []],
    [
      'Australia/Lord_Howe',
      '2026-04-05T01:45:00Z',
      ['2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
    ],
  ])(
    'instantsAtLocal returns every instant of a skipped or repeated time in %s: %s',
    (zone, wall, expected) => {
      expect(instantsAtLocal(at(wall), zone).map(isoInstant)).toEqual(expected);
    },
  );

  it('localBoundaries returns a time of day once a day, at the jump when skipped and twice when repeated', () => {
    const halfPastTwo = [2.5 * 3_600_000];
    const boundaries = (from: string, to: string) =>
      localBoundaries(offsetSpans(at(from), at(to), 'Europe/Berlin'), at(to), halfPastTwo).map(
        isoInstant,
      );
    expect(boundaries('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(boundaries('2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  it('localBoundaries begins a day without midnight at its first instant', () => {
    const [from, to] = [at('2025-04-24T20:00:00Z'), at('2025-04-25T20:00:00Z')];
    const [next] = localBoundaries(offsetSpans(from, to, 'Africa/Cairo'), to, [0]);
    expect(next && isoInstant(next)).toBe('2025-04-24T22:00:00.000Z');
    expect(next && localTime(next, 'Africa/Cairo')).toMatchObject({
      day: dayOfDate('2025-04-25'),
      timeOfDay: 3_600_000,
    });
  });

  it('isTimeZone and zoneOffset reject an unknown time zone', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(isTimeZone('+02:00')).toBe(false);
    expect(() => zoneOffset(instant(0n), 'Mars/Olympus')).toThrow('no time zone');
  });

  it('dayOfDate rejects a date that does not exist', () => {
    expect(dayOfDate('1970-01-02')).toBe(1);
    expect(dayOfDate('2026-02-30')).toBeUndefined();
    expect(dayOfDate('2026-2-3')).toBeUndefined();
  });
});

describe('timestamps', () => {
  it('parseInstant reads back what isoInstant writes', () => {
    fc.assert(
      fc.property(someInstant, (when) => {
        expect(parseInstant(isoInstant(when))).toEqual({ kind: 'instant', at: when });
      }),
    );
  });

  it.each([
    ['2026-04-14T18:30:00+02:00', '2026-04-14T16:30:00.000Z'],
    ['2026-04-14T18:30:00+0200', '2026-04-14T16:30:00.000Z'],
    ['2026-04-14T18:30:00+02', '2026-04-14T16:30:00.000Z'],
    ['2026-04-14T18:30:00-03:30', '2026-04-14T22:00:00.000Z'],
    ['2026-04-14T18:30Z', '2026-04-14T18:30:00.000Z'],
    ['2026-04-14 18:30:00.1234567z', '2026-04-14T18:30:00.123Z'],
    ['2026-04-14T18:30:00,5Z', '2026-04-14T18:30:00.500Z'],
    ['2026-04-14T24:00:00Z', '2026-04-15T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('parseInstant reads %s as %s', (text, expected) => {
    expect(isoInstant(at(text))).toBe(expected);
  });

  it('parseInstant reports a timestamp without a zone and keeps its local time', () => {
    expect(parseInstant('2026-04-14T18:30:00')).toEqual({
      kind: 'no-zone',
      local: BigInt(Date.UTC(2026, 3, 14, 18, 30)),
    });
  });

  it.each([
    '',
    'yesterday',
    '2026-04-14',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-14T25:00:00Z',
    '2026-04-14T24:00:01Z',
    '2026-04-14T18:60:00Z',
    '2026-04-14T18:30:61Z',
    '2026-04-14T18:30:00+24:00',
    '2026-04-14T18:30:00+02:60',
    '0000-01-01T00:00:00Z',
  ])('parseInstant rejects "%s"', (text) => {
    expect(parseInstant(text)).toEqual({ kind: 'malformed' });
  });
});
