import { describe, expect, test } from 'vitest';
import { formatTable } from '../../bench/report/format-table.ts';
import { median } from '../../bench/report/median.ts';
import { atMost } from '../../bench/report/row.ts';
import { cpuOfStat } from '../../bench/stack/process-cpu.ts';

describe('budgets', () => {
  test('a measurement at the limit is within its budget', () => {
    expect(atMost('Reads', 1, 1, { unit: 'requests' })).toMatchObject({ ok: true });
    expect(atMost('Reads', 1, 1.001, { unit: 'requests' })).toMatchObject({ ok: false });
  });

  test('a failed measurement breaks its budget', () => {
    expect(atMost('Reads', 1, Number.NaN, { unit: 'requests' }).ok).toBe(false);
  });

  test('budget and measurement are shown with their unit', () => {
    const row = atMost('Price', 0.05, 0.0421, { unit: 'USD', digits: 3, note: 'a month' });
    expect(row).toMatchObject({ budget: '≤ 0.050 USD', measured: '0.042 USD (a month)' });
  });
});

describe('tables', () => {
  test('columns are as wide as their longest cell', () => {
    const lines = [
      ['a', '1'],
      ['long one', '22'],
    ];
    expect(formatTable(['what', 'n'], lines).split('\n')).toEqual([
      'what      n',
      '--------  --',
      'a         1',
      'long one  22',
    ]);
    expect(formatTable(['what', 'n'], lines, true).split('\n')[2]).toBe('a          1');
  });
});

describe('measurements', () => {
  test('the median of an even number of runs is the mean of the middle two', () => {
    expect(median([9, 1, 3])).toBe(3);
    expect(median([9, 1, 3, 5])).toBe(4);
    expect(median([])).toBeNaN();
  });

  test('the CPU time of a process is read whatever the name of the process', () => {
    const stat = '42 (a (odd) name) S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 12 0 99 1 1';
    expect(cpuOfStat(stat)).toBe(2_000);
  });
});
