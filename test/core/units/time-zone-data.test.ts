import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, instant } from '../../../core/units/instant.ts';
import {
  instantsAtLocal,
  isTimeZone,
  offsetSpans,
  zoneOffset,
  zoneOfSpans,
} from '../../../core/units/time-zone.ts';
import { spansOfZone, timeZoneVersion } from '../../../core/units/zone-table.ts';

/** How far local time is ahead of UTC as Node knows it, in ms. */
const offsetInNode = (timeZone: string, at: number): bigint => {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const [, sign, hours = '0', minutes = '0'] =
    /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(format.format(at)) ?? [];
  const ahead = (BigInt(hours) * 60n + BigInt(minutes)) * 60_000n;
  return sign === '-' ? -ahead : ahead;
};

const zones = Intl.supportedValuesOf('timeZone');
const anyZone = fc.constantFrom(...zones);
const anyTime = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2039, 11, 31) });

describe('our data of time zones', () => {
  it('our data of time zones are those of the Node that is installed: after an update they are written again', () => {
    expect(timeZoneVersion).toBe(process.versions['tz']);
  });

  it('our data know every zone of Node, by any spelling of case, and the old names of zones', () => {
    for (const zone of [
      ...zones,
      'Europe/Kiev',
      'Asia/Calcutta',
      'US/Pacific',
      'UTC',
      'Etc/GMT+5',
    ]) {
      expect([zone, isTimeZone(zone), isTimeZone(zone.toUpperCase())]).toEqual([zone, true, true]);
    }
    expect(['Europe/Atlantis', '', '+02:00', 'constructor', '0/0'].map(isTimeZone)).not.toContain(
      true,
    );
  });

  it('our data have the offset that Node has, in every zone at any time', () => {
    fc.assert(
      fc.property(anyZone, anyTime, (zone, at) => {
        expect(zoneOffset(instant(BigInt(at)), zone)).toBe(offsetInNode(zone, at));
      }),
      { numRuns: 300 },
    );
  });

  it('our data change to the millisecond when Node does', () => {
    const changes = zones.flatMap((zone) =>
      (spansOfZone(zone) ?? []).slice(1).map(({ from }) => [zone, Number(from)] as const),
    );
    fc.assert(
      fc.property(fc.constantFrom(...changes), ([zone, at]) => {
        for (const near of [at - 1, at]) {
          expect(zoneOffset(instant(BigInt(near)), zone)).toBe(offsetInNode(zone, near));
        }
        expect(offsetInNode(zone, at)).not.toBe(offsetInNode(zone, at - 1));
      }),
    );
  });

  it.each([
    ['America/Vancouver', '2026-12-01T00:00:00Z', -7],
    ['America/Vancouver', '2025-12-01T00:00:00Z', -8],
    ['Africa/Casablanca', '2025-12-01T00:00:00Z', 1],
    ['Africa/Casablanca', '2026-12-01T00:00:00Z', 0],
  ])('%s, whose law changed in 2026, is at %s %d hours ahead of UTC', (zone, at, hours) => {
    expect(zoneOffset(instant(BigInt(Date.parse(at))), zone)).toBe(BigInt(hours) * 3_600_000n);
  });
});

describe('recorded offsets', () => {
  it('recorded offsets are a zone like any other, wherever they are looked up', () => {
    fc.assert(
      fc.property(anyZone, anyTime, fc.nat(90), fc.nat(), (zone, start, days, some) => {
        const from = instant(BigInt(start));
        const to = instant(from + BigInt(days) * 86_400_000n);
        const recorded = zoneOfSpans(offsetSpans(from, to, zone));
        const at = instant(from + (BigInt(some) % (to - from + 1n)));
        expect(zoneOffset(at, recorded)).toBe(zoneOffset(at, zone));
        expect(offsetSpans(from, to, recorded)).toEqual(offsetSpans(from, to, zone));
      }),
    );
  });

  it('recorded offsets hold before they begin and after they end, also before 1970', () => {
    const recorded = zoneOfSpans([
      { from: instant(-10n), offset: duration(3_600_000n) },
      { from: instant(10n), offset: duration(-7_200_000n) },
    ]);
    const offsets = [-100n, -10n, 9n, 10n, 100n].map((at) => zoneOffset(instant(at), recorded));
    expect(offsets).toEqual([3_600_000n, 3_600_000n, 3_600_000n, -7_200_000n, -7_200_000n]);
    expect(isTimeZone(recorded)).toBe(false);
  });

  it('a fixed offset is a zone for times, and any other text is none', () => {
    const noon = BigInt(Date.UTC(2026, 0, 1, 12));
    expect(instantsAtLocal(noon, '-03:30')).toEqual([noon + 12_600_000n]);
    for (const zone of ['', '+2', 'Mars/Base', '1/', '1/2,3/4']) {
      expect(() => zoneOffset(instant(0n), zone)).toThrow('is no time zone');
    }
  });
});
