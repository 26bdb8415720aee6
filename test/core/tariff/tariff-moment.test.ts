import { describe, expect, it } from 'vitest';
import { tariffMoment } from '../../../core/tariff/model/tariff-moment.ts';

describe('the moment whose tariff holds for a session', () => {
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
      'a start in the future of our clock',
      '2030-01-01T00:00:00Z',
      '2026-05-20T08:00:00Z',
      '2026-05-20T08:00:00.000Z',
    ],
    [
      'a start of a clock that was never set',
      '1970-01-01T00:00:00Z',
      '2026-05-20T08:00:00Z',
      '2026-05-20T08:00:00.000Z',
    ],
    [
      'a start without zone',
      '2026-04-30T23:59:59',
      '2026-05-20T08:00:00Z',
      '2026-04-30T23:59:59.000Z',
    ],
    ['a start that cannot be read', 'now', '2026-05-20T08:00:00Z', '2026-05-20T08:00:00.000Z'],
  ])(
    'of %s is the earlier of the charger’s time and our receipt',
    (_words, startedAt, receivedAt, moment) => {
      expect(tariffMoment(startedAt, receivedAt)).toBe(moment);
    },
  );

  it('is undefined where neither time can be read, and the earlier of both otherwise', () => {
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
