import { describe, expect, it } from 'vitest';
import { checkPower } from '../../../core/metering/energy/check-power.ts';
import { type PowerSpan, powerSpans } from '../../../core/metering/energy/integrate-power.ts';
import { at, course, minute, noting, stoppedAfter, wattHour } from './by-minute.ts';

const span = (from: number, to: number, energy: bigint): PowerSpan => ({
  from: { at: at(from), value: 0n },
  to: { at: at(to), value: 0n },
  energy,
});

const verdict = (
  steps: ReturnType<typeof course>,
  spans: readonly PowerSpan[],
): readonly string[] =>
  noting((recordAnomaly) => checkPower(steps, spans, stoppedAfter(60), recordAnomaly)).notes.map(
    ([code]) => code,
  );

describe('energy against the power that was measured beside it', () => {
  const measured = 10n ** 9n;
  const contradicted = ['POWER_ENERGY_MISMATCH', 'ENERGY_CONTRADICTED'];

  it.each([
    ['a thousandth', 500_000n, ['UNIT_KWH_AS_WH']],
    ['a thousandth', 2_000_000n, ['UNIT_KWH_AS_WH']],
    ['less than a thousandth', 499_999n, contradicted],
    ['more than a thousandth', 2_001_000n, contradicted],
    ['less than a third', 332_999_999n, contradicted],
    ['a third', 333_000_000n, ['POWER_ENERGY_MISMATCH']],
    ['much less', 699_999_000n, ['POWER_ENERGY_MISMATCH']],
    ['a little less', 700_000_000n, []],
    ['as much', 1_000_000_000n, []],
    ['a little more', 1_400_000_000n, []],
    ['much more', 1_400_001_000n, ['POWER_ENERGY_MISMATCH']],
    ['not quite a thousandfold', 499_999_999_000n, contradicted],
    ['a thousandfold', 500_000_000_000n, ['UNIT_WH_AS_KWH']],
    ['a thousandfold', 2_000_000_000_000n, ['UNIT_WH_AS_KWH']],
    ['more than a thousandfold', 2_000_000_001_000n, contradicted],
  ])('energy compared with measured power is %s: %i', (_words, counted, expected) => {
    expect(verdict(course([0, 0n], [60, counted]), [span(0, 60, measured)])).toEqual(expected);
  });

  it('energy and power are compared from 100 Wh and half of the session on', () => {
    const none = course([0, 0n], [60, 0n]);
    expect(verdict(none, [span(0, 60, 100n * wattHour)])).toHaveLength(1);
    expect(verdict(none, [span(0, 60, 100n * wattHour - 1n)])).toEqual([]);
    expect(verdict(none, [span(10, 40, measured)])).toEqual(contradicted);
    expect(verdict(none, [span(10, 39, measured)])).toEqual([]);
  });

  it('energy beside a power of about zero throughout is shown, and held for nothing', () => {
    const shown = (energy: bigint, drawn: bigint) =>
      verdict(course([0, 0n], [60, energy]), [span(0, 60, drawn)]);

    expect(shown(7_000_000n, 0n)).toEqual(['POWER_ENERGY_MISMATCH']);
    expect(shown(7_000_000n, 99_999n)).toEqual(['POWER_ENERGY_MISMATCH']);
    expect(shown(99_999n, 0n)).toEqual([]);
    expect(verdict(course([0, 0n], [60, 7_000_000n]), [])).toEqual([]);
  });

  it('energy is only compared with power while power was measured', () => {
    // The register shows 4 kWh evenly over the middle of the hour, and nothing around it.
    const steps = course([10, 0n], [50, 4_000_000n]);
    const fits = (...spans: readonly PowerSpan[]) => verdict(steps, spans);
    expect(fits(span(20, 50, 3_000_000n))).toEqual([]);
    expect(fits(span(20, 50, 2_100_000n))).toEqual(['POWER_ENERGY_MISMATCH']);
    expect(fits(span(0, 30, 2_000_000n))).toEqual([]);
    expect(fits(span(0, 30, 1_000_000n))).toEqual(['POWER_ENERGY_MISMATCH']);
    expect(fits(span(30, 60, 2_000_000n))).toEqual([]);
    expect(fits(span(30, 60, 3_000_000n))).toEqual(['POWER_ENERGY_MISMATCH']);
    expect(fits(span(10, 20, 1_000_000n), span(30, 50, 2_000_000n))).toEqual([]);
  });

  it('energy compared with power continues from the count at the previous reading', () => {
    const steps = course([0, 0n], [20, 3_000_000n], [60, 5_000_000n]);
    expect(verdict(steps, [span(0, 40, 4_000_000n)])).toEqual([]);
    expect(verdict(steps, [span(20, 60, 2_000_000n)])).toEqual([]);
  });

  it('energy compared with power is the count up to a moment, without a second register of that moment', () => {
    const steps = course([0, 0n], [60, 2_000_000n], [60, 5_000_000n]);
    expect(verdict(steps, [span(0, 60, 2_000_000n)])).toEqual([]);
  });

  it('no energy is compared with power if there was none', () => {
    expect(verdict([], [span(0, 60, measured)])).toEqual(contradicted);
    expect(verdict([], [span(0, 60, 1_000_000n)])).toEqual(['POWER_ENERGY_MISMATCH']);
    expect(verdict([], [span(0, 60, 1_000_001n)])).toEqual(contradicted);
  });
});

describe('measured power', () => {
  it('measured power is joined over 15 minutes and no longer', () => {
    const samples = [0, 15, 31].map((minutes) => ({ at: at(minutes), value: 4_000_000n }));
    const { answer, notes } = noting((recordAnomaly) => powerSpans(samples, recordAnomaly));
    expect(answer.map(({ from, to, energy }) => [(to.at - from.at) / minute, energy])).toEqual([
      [15n, 1_000_000n],
    ]);
    expect(notes).toEqual([['POWER_GAP', 15]]);
  });
});
