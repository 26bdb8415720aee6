import { describe, expect, it } from 'vitest';
import { tariffInForce, tariffMoment } from '../../../core/tariff/model/tariff-in-force.ts';

const versions = [
  { version: 2, createdAt: '2026-05-01T00:00:00.000Z' },
  { version: 1, createdAt: '2026-04-01T00:00:00.000Z' },
  { version: 3, createdAt: '2026-06-01T00:00:00.000Z' },
];
const inForce = (startedAt: string, receivedAt: string) =>
  tariffInForce(versions, startedAt, receivedAt)?.version;

describe('the tariff in force', () => {
  it.each([
    ['is the latest that existed at the start', '2026-05-20T08:00:00Z', '2026-05-20T08:00:01Z', 2],
    ['counts from its very millisecond', '2026-05-01T02:00:00+02:00', '2026-05-20T08:00:00Z', 2],
    [
      'is the old one for a start that waited offline',
      '2026-04-30T23:00:00Z',
      '2026-06-02T08:00:00Z',
      1,
    ],
    [
      'is never one that the clock of a charger dreamed of',
      '2030-01-01T00:00:00Z',
      '2026-05-20T08:00:00Z',
      2,
    ],
    [
      'is the first for a start before all of them',
      '2026-03-01T00:00:00Z',
      '2026-05-20T08:00:00Z',
      1,
    ],
    [
      'follows our clock where the charger’s was never set',
      '1970-01-01T00:00:00Z',
      '2026-05-20T08:00:00Z',
      2,
    ],
    ['takes a time without zone for UTC', '2026-04-30T23:59:59', '2026-05-20T08:00:00Z', 1],
    ['follows our clock where the charger’s cannot be read', 'now', '2026-05-20T08:00:00Z', 2],
    ['is the first where no clock can be read', 'now', 'then', 1],
  ])('%s', (_words, startedAt, receivedAt, version) => {
    expect(inForce(startedAt, receivedAt)).toBe(version);
  });

  it('is none where there is no version', () => {
    expect(tariffInForce([], '2026-05-20T08:00:00Z', '2026-05-20T08:00:00Z')).toBeUndefined();
  });

  it('is that of the earlier of start and receipt', () => {
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
