import { describe, expect, it } from 'vitest';
import { tariffMoment } from '../../../core/tariff/model/tariff-moment.ts';

describe('tariffMoment', () => {
  it.each([
    ['a start', '2026-05-20T08:00:00Z', '2026-05-20T08:00:01Z', '2026-05-20T08:00:00.000Z'],
    [
      'a start with an offset',
      '2026-05-01T02:00:00+02:00',
      '2026-05-20T08:00:00Z',
      '2026-05-01T00:00:00.000Z',
    ],
    [
      'a start that waited offline',
      '2026-04-30T23:00:00Z',
      '2026-06-02T08:00:00Z',
      '2026-04-30T23:00:00.000Z',
    ],
    [
      'a start after its receipt',
      '2030-01-01T00:00:00Z',
      '2026-05-20T08:00:00Z',
      '2026-05-20T08:00:00.000Z',
    ],
    [
      'a start from a clock that was never set',
      '1970-01-01T00:00:00Z',
      '2026-05-20T08:00:00Z',
      '2026-05-20T08:00:00.000Z',
    ],
    [
      'a start without a time zone',
      '2026-04-30T23:59:59',
      '2026-05-20T08:00:00Z',
      '2026-04-30T23:59:59.000Z',
    ],
    ['an unreadable start', 'now', '2026-05-20T08:00:00Z', '2026-05-20T08:00:00.000Z'],
  ])(
    'tariffMoment of %s is the earlier plausible time of charger clock and receipt',
    (_words, startedAt, receivedAt, moment) => {
      expect(tariffMoment(startedAt, receivedAt)).toBe(moment);
    },
  );

  it('tariffMoment returns the earlier readable time and undefined when neither is readable', () => {
    expect(tariffMoment('2026-05-20T10:00:00+02:00', '2026-05-20T08:00:01Z')).toBe(
      '2026-05-20T08:00:00.000Z',
    );
    expect(tariffMoment('2026-05-20T08:00:02Z', '2026-05-20T08:00:01Z')).toBe(
      '2026-05-20T08:00:01.000Z',
    );
    expect(tariffMoment('2026-05-20T07:00:00', '2026-05-20T08:00:01Z')).toBe(
      '2026-05-20T07:00:00.000Z',
    );
    expect(tariffMoment('1970-01-01T00:01:00Z', '2026-05-20T08:00:01Z')).toBe(
      '2026-05-20T08:00:01.000Z',
    );
    expect(tariffMoment('x', 'y')).toBeUndefined();
  });
});
