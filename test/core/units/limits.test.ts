import { describe, expect, it } from 'vitest';
import { ascending } from '../../../core/units/ascending.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { between, type Instant, instant, isoInstant } from '../../../core/units/instant.ts';
import { dayOfDate, localBoundaries } from '../../../core/units/local-time.ts';
import { parseInstant } from '../../../core/units/parse-instant.ts';
import { milliWatts } from '../../../core/units/power.ts';
import { addRatios, ratio } from '../../../core/units/ratio.ts';
import { shareOut } from '../../../core/units/share-out.ts';
import { isTimeZone, offsetSpans, zoneOffset } from '../../../core/units/time-zone.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed.kind !== 'instant') throw new Error(text);
  return parsed.at;
};

describe('timestamps at the limits of their ranges', () => {
  it.each([
    ['2026-04-14T18:30:00+23:59', '2026-04-13T18:31:00.000Z'],
    ['2026-04-14T18:30:00-23:59', '2026-04-15T18:29:00.000Z'],
    ['0100-01-01T00:00:00Z', '0100-01-01T00:00:00.000Z'],
    [' 2026-04-14T18:30:00 Z\n', '2026-04-14T18:30:00.000Z'],
    ['2026-04-14T23:59:59.999Z', '2026-04-14T23:59:59.999Z'],
  ])('parseInstant reads %j as %s', (text, expected) => {
    expect(isoInstant(at(text))).toBe(expected);
  });

  it.each(['2026-04-14T24:30:00Z', '0099-12-31T23:59:59Z', '2026-04-00T00:00:00Z'])(
    'parseInstant rejects "%s"',
    (text) => {
      expect(parseInstant(text)).toEqual({ kind: 'malformed' });
    },
  );

  it('dayOfDate rejects a year of more than four digits', () => {
    expect(dayOfDate('+012026-02-03')).toBeUndefined();
  });
});

describe('local time and time zones', () => {
  const utc = (from: string, to: string, ...hours: readonly number[]): readonly string[] =>
    localBoundaries(
      offsetSpans(at(from), at(to), 'UTC'),
      at(to),
      hours.map((hour) => hour * 3_600_000),
    ).map(isoInstant);

  it('localBoundaries excludes the start and the end of a session', () => {
    expect(utc('2026-04-14T08:00:00Z', '2026-04-15T20:00:00Z', 8, 20)).toEqual([
      '2026-04-14T20:00:00.000Z',
      '2026-04-15T08:00:00.000Z',
    ]);
  });

  it('localBoundaries returns times in order, however a tariff lists them', () => {
    expect(utc('2026-04-14T00:00:00Z', '2026-04-15T00:00:00Z', 18, 6, 12)).toEqual([
      '2026-04-14T06:00:00.000Z',
      '2026-04-14T12:00:00.000Z',
      '2026-04-14T18:00:00.000Z',
    ]);
  });

  it('localBoundaries returns a time of day before 1970', () => {
    expect(utc('1966-04-24T00:00:00Z', '1966-04-26T00:00:00Z', 12)).toEqual([
      '1966-04-24T12:00:00.000Z',
      '1966-04-25T12:00:00.000Z',
    ]);
  });

  it('offsetSpans excludes a clock change after the end of the session', () => {
    const spans = offsetSpans(
      at('2026-03-28T12:00:00Z'),
      at('2026-03-29T00:59:59Z'),
      'Europe/Berlin',
    );
    expect(spans).toHaveLength(1);
  });

  it('zoneOffset changes at the exact millisecond', () => {
    const change = at('2010-03-14T07:00:00Z');
    expect(zoneOffset(instant(change - 1n), 'America/New_York')).toBe(-18_000_000n);
    expect(zoneOffset(change, 'America/New_York')).toBe(-14_400_000n);
  });

  it('zoneOffset has the offset of 2010 before that year, also before 1970: no session is older', () => {
    expect(zoneOffset(at('1966-07-01T00:00:00Z'), 'America/New_York')).toBe(-18_000_000n);
    expect(zoneOffset(instant(-1n), 'Asia/Kathmandu')).toBe(20_700_000n);
  });

  it('isTimeZone accepts a zone whose name has a hyphen', () => {
    expect(isTimeZone('America/Port-au-Prince')).toBe(true);
  });
});

describe('quantities', () => {
  it('quantities have an order and instants a signed distance', () => {
    expect([3n, -1n, 10n ** 30n, 2n, -(10n ** 30n)].toSorted(ascending)).toEqual([
      -(10n ** 30n),
      -1n,
      2n,
      3n,
      10n ** 30n,
    ]);
    const [start, stop] = [at('2026-04-14T10:00:00Z'), at('2026-04-14T11:00:00Z')];
    expect(between(start, stop)).toBe(3_600_000n);
    expect(between(stop, start)).toBe(-3_600_000n);
  });

  it('a quantity equals the number it was made from', () => {
    expect(milliWatts(11_000_000n)).toBe(11_000_000n);
  });
});

describe('ratios and their shares', () => {
  it('ratio requires a denominator above 0', () => {
    expect(() => ratio(1n, 0n)).toThrow('denominator above 0');
    expect(() => ratio(1n, -2n)).toThrow('denominator above 0');
  });

  it('addRatios keeps a common denominator, so that long sums stay small', () => {
    expect(addRatios(ratio(1n, 3n), ratio(1n, 3n))).toEqual({ n: 2n, d: 3n });
  });

  it('shareOut raises the largest remainders first, whatever the denominators', () => {
    const parts = [ratio(101n, 200n), ratio(507n, 1000n), ratio(4n, 3n), ratio(-1n, 7n)];
    // In cents 50.5, 50.7, 133.33… and -14.28…, which is 0.71… above -15.
    expect(shareOut(220n, parts, 2)).toEqual([50n, 51n, 133n, -14n]);
  });

  it('shareOut raises equal parts from the first', () => {
    const third = ratio(1n, 3n);
    expect(shareOut(101n, [third, third, third], 2)).toEqual([34n, 34n, 33n]);
    expect(shareOut(100n, [third, third, third], 2)).toEqual([34n, 33n, 33n]);
  });

  it('shareOut throws when the parts cannot add up to the total', () => {
    const half = ratio(1n, 2n);
    expect(() => shareOut(99n, [half, half], 2)).toThrow('do not add up');
    expect(() => shareOut(103n, [half, half], 2)).toThrow('do not add up');
    expect(shareOut(102n, [half, half], 2)).toEqual([51n, 51n]);
  });
});

describe('decimalOf', () => {
  it('decimalOf throws for text that is not a decimal', () => {
    expect(() => decimalOf('1,5', 2)).toThrow('"1,5" is no decimal of 2 places.');
  });
});
