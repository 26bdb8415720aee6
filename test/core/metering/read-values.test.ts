import { describe, expect, it } from 'vitest';
import { anomalyCodes, anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { readDecimal, scaled } from '../../../core/metering/points/read-decimal.ts';
import { readTimestamp } from '../../../core/metering/points/read-timestamp.ts';

const milli = (text: string) => {
  const read = readDecimal(text);
  return read && scaled(read.decimal, 3);
};

describe('numbers of chargers', () => {
  it.each([
    ['1234.567', 1_234_567n],
    ['0.0009', 0n],
    ['-0.0019', -1n],
    ['12345678901234567890.123', 12_345_678_901_234_567_890_123n],
    ['1.5e3', 1_500_000n],
    ['12,5', 12_500n],
    [' 7 ', 7000n],
  ])('the number %s is read exactly, truncating what is finer than the meter', (text, expected) => {
    expect(milli(text)).toBe(expected);
  });

  it.each(['NaN', '', '1,234.5', '1.2.3', '0x10', 'Infinity', '9'.repeat(61), '12 Wh'])(
    '%s is not read as a number',
    (text) => {
      expect(milli(text)).toBeUndefined();
    },
  );

  it.each([
    ['1e30', 0],
    ['1', 31],
    ['1000000000000', 0],
  ])('an energy of %s × 10^%d Wh, which no meter can show, is refused', (value, multiplier) => {
    const points = pointsOf([
      {
        timestamp: '2026-03-02T10:00:00Z',
        receivedAt: Date.UTC(2026, 2, 2, 10),
        offline: false,
        sampledValues: [
          {
            value,
            multiplier,
            context: 'Sample.Periodic',
            measurand: 'Energy.Active.Import.Register',
            location: 'Outlet',
            format: 'raw',
          },
        ],
      },
    ]);

    expect([...points.notes.keys()]).toEqual(['VALUE_UNPARSEABLE']);
    expect(points.series.size).toBe(0);
  });
});

describe('times of chargers', () => {
  const received = Date.UTC(2026, 2, 2, 10, 0, 30);

  it.each([
    ['2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000Z', []],
    ['2026-03-02T12:00:00.25+02:00', '2026-03-02T10:00:00.250Z', []],
    ['2026-03-02 10:00:00Z', '2026-03-02T10:00:00.000Z', ['TS_NONSTANDARD']],
    ['2026-03-02T10:00:00', '2026-03-02T10:00:00.000Z', ['TS_NO_TZ']],
    ['1970-01-01T00:00:09Z', '2026-03-02T10:00:30.000Z', ['TS_EPOCH']],
    ['2026-02-30T10:00:00Z', '2026-03-02T10:00:30.000Z', ['TS_UNPARSEABLE']],
    ['yesterday', '2026-03-02T10:00:30.000Z', ['TS_UNPARSEABLE']],
  ])('the time %s is read as %s', (text, expected, notes) => {
    const read = readTimestamp(text, received, false);

    expect(new Date(Number(read.at)).toISOString()).toBe(expected);
    expect(read.notes).toEqual(notes);
    expect(read.received).toBeUndefined();
  });

  it('a time that is far off also keeps its time of receipt, unless the charger was offline', () => {
    const text = '2026-03-02T08:00:00Z';

    expect(readTimestamp(text, received, false).received).toBe(BigInt(received));
    expect(readTimestamp(text, received, true).received).toBeUndefined();
  });
});

describe('anomalies', () => {
  it('each anomaly has one or two clear sentences', () => {
    for (const [severity, message] of Object.values(anomalyCodes)) {
      expect(['info', 'warning', 'error']).toContain(severity);
      expect(message).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('an anomaly names its reading and adds its details', () => {
    expect(anomalyOf('SECOND_STOP', '2026-03-02T10:00:00Z', 'The other one says 7 Wh.')).toEqual({
      code: 'SECOND_STOP',
      severity: 'warning',
      message:
        'A second, different stop of this session arrived; the first one is used. The other one says 7 Wh.',
      ref: '2026-03-02T10:00:00Z',
    });
  });
});
