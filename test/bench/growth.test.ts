import { describe, expect, test } from 'vitest';
import { growthRows, spreadOver } from '../../bench/use/growth.ts';

const sample = (chargers: number, costPerMessage: number, hottestShare: number) => ({
  chargers,
  costPerMessage,
  hottestShare,
  hottestKey: '',
});

describe('growth of a fleet', () => {
  test('a message may cost 5 % more or less in a larger fleet', () => {
    const kept = growthRows([sample(10, 1, 0.1), sample(1000, 1.04, 0.1), sample(10_000, 0.96, 0)]);
    expect(kept.map(({ ok }) => ok)).toEqual([true, true]);
    const [dearer] = growthRows([sample(10, 1, 0.1), sample(1000, 1.06, 0.1)]);
    const [cheaper] = growthRows([sample(10, 1, 0.1), sample(1000, 0.94, 0.1)]);
    expect([dearer?.ok, cheaper?.ok]).toEqual([false, false]);
  });

  test('a key that takes a larger share of the writes in a larger fleet breaks the budget', () => {
    const [, hottest] = growthRows([
      sample(10, 1, 0.1),
      sample(1000, 1, 0.2),
      sample(10_000, 1, 0),
    ]);
    expect(hottest).toMatchObject({ ok: false, value: 20, limit: 10 });
  });

  test('sampled chargers are spread evenly over the fleet', () => {
    expect(spreadOver(10, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(spreadOver(1000, 4)).toEqual([125, 375, 625, 875]);
  });
});
