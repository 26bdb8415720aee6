import { describe, expect, test } from 'vitest';
import { billTotal } from '../../bench/aws-bill/charger-month.ts';
import { coldStartGigabyteSeconds, coldStarts } from '../../bench/aws-bill/cold-starts.ts';
import { fixedMonth } from '../../bench/aws-bill/fixed-month.ts';
import { fleetMonth } from '../../bench/aws-bill/fleet-month.ts';
import { itemBytes } from '../../bench/aws-bill/item-bytes.ts';
import { monthlyRuns } from '../../bench/aws-bill/monthly-runs.ts';
import { storageMonth } from '../../bench/aws-bill/storage-month.ts';

const none = {
  signingKeys: 0,
  customMetrics: 0,
  alarms: 0,
  compositeAlarms: 0,
  dashboards: 0,
  polledQueues: 0,
  scheduledRuns: 0,
  scheduledMegabytes: 256,
};

describe('fixedMonth', () => {
  test.each([
    ['a signing key', { signingKeys: 1 }, 1],
    ['fifteen custom metrics', { customMetrics: 15 }, 4.5],
    ['ten alarms', { alarms: 10 }, 1],
    ['an alarm over others', { compositeAlarms: 1 }, 0.5],
    ['none of three dashboards', { dashboards: 3 }, 0],
    ['each dashboard beyond three', { dashboards: 5 }, 6],
    ['an empty queue with five long polls', { polledQueues: 1 }, 0.2592],
  ])('the fixed cost of a month includes %s', (_, parts, usd) => {
    expect(billTotal(fixedMonth({ ...none, ...parts }))).toBeCloseTo(usd, 10);
  });
});

describe('storage', () => {
  test('storage costs the steady amount of data, once as much expires as is written, and its backup', () => {
    const days = { readingDays: 100, stateDays: 200 };
    const costOf = (readingRecovery: boolean) => {
      const retention = { sessionsPerDay: 4, ...days, readingRecovery };
      return billTotal(storageMonth({ readings: 25_000, state: 5_000 }, retention));
    };
    // 10 MB of readings and 4 MB of sessions, each for 0.25 and 0.20 USD a GB
    expect(costOf(true)).toBeCloseTo(0.014 * 0.45, 12);
    expect(costOf(false)).toBeCloseTo(0.01 * 0.25 + 0.004 * 0.45, 12);
  });

  test('the size of an item counts names, values, 100 bytes of overhead and index entries', () => {
    const item = { pk: { S: 'ab' }, sk: { S: 'c' }, raw: { B: new Uint8Array(10) } };
    expect(itemBytes(item)).toBe(4 + 3 + 13 + 100);
    const listed = { ...item, listKey: { S: 'k' }, listSort: { S: 's' } };
    expect(itemBytes(listed)).toBe(120 + 8 + 9 + (4 + 3 + 8 + 9 + 100));
    const ofCharger = { ...listed, chargerKey: { S: 'o#c' }, chargerListKey: { S: 'c' } };
    const entries = 4 + 3 + 8 + 9 + 13 + 100 + (4 + 3 + 15 + 9 + 100);
    expect(itemBytes(ofCharger)).toBe(120 + 8 + 9 + 13 + 15 + entries);
  });
});

describe('cold starts', () => {
  test('nearly every call of a rare function is a cold start, and few calls of a busy one are', () => {
    expect(coldStarts(10)).toBeGreaterThan(9.9);
    expect(coldStarts(1_000_000) / 1_000_000).toBeLessThan(0.001);
  });

  test('cold starts never exceed the calls and are 0 without a call', () => {
    for (const runs of [0, 1, 100, 10_000, 1e7]) expect(coldStarts(runs)).toBeLessThanOrEqual(runs);
    expect(coldStarts(0)).toBe(0);
  });

  test('a cold start costs in proportion to the memory of the function', () => {
    const small = [{ step: 'connect', runs: 1, memoryMegabytes: 256 }];
    const large = [{ step: 'connect', runs: 1, memoryMegabytes: 512 }];
    expect(coldStartGigabyteSeconds(large, 1)).toBe(2 * coldStartGigabyteSeconds(small, 1));
  });
});

describe('monthlyRuns', () => {
  test('the runs of a month add up per function over all kinds of events', () => {
    const used = (step: string, invocations: number) => ({
      step,
      invocations,
      milliseconds: 0,
      writeRequests: 0,
      readRequests: 0,
      writeUnits: 0,
      readUnits: 0,
      signatures: 0,
    });
    const kinds = [
      { steps: [used('ocpp', 2), used('', 0)], timesPerMonth: 10 },
      { steps: [used('ocpp', 1), used('cdr', 3)], timesPerMonth: 5 },
    ];
    expect(monthlyRuns(kinds, () => 512)).toEqual([
      { step: 'ocpp', runs: 25, memoryMegabytes: 512 },
      { step: 'cdr', runs: 15, memoryMegabytes: 512 },
    ]);
  });
});

describe('fleetMonth', () => {
  const line = (usd: number) => [{ what: 'all', amount: 1, usd }];
  const parts = { use: line(0.05), storage: line(0.01), functions: [], fixed: line(5) };

  test('a charger-month in a fleet shares only the fixed cost among all chargers', () => {
    expect(fleetMonth(parts, 10)).toMatchObject({ fixedShare: 0.5, use: 0.05, storage: 0.01 });
    expect(fleetMonth(parts, 10_000).together).toBeCloseTo(0.0605, 12);
  });
});
