import { describe, expect, it } from 'vitest';
import { physicalBound } from '../../../core/metering/register/physical-bound.ts';
import { rebaseRelativeRegister } from '../../../core/metering/register/rebase-relative-register.ts';
import {
  sortOutBegin,
  sortOutEnd,
  startRegister,
  stopRegister,
} from '../../../core/metering/register/register-ends.ts';
import { registerTimeline } from '../../../core/metering/register/register-timeline.ts';
import type { SessionWindow } from '../../../core/metering/register/session-window.ts';
import { at, minute, noting, registers, stoppedAfter, wattHour } from './by-minute.ts';

const wh = (count: number): bigint => BigInt(count) * wattHour;

describe('the reading of the start', () => {
  const begin = (claimed: ReturnType<typeof registers>, register?: bigint) =>
    noting((recordAnomaly) =>
      sortOutBegin(
        claimed,
        { at: at(0), ...(register !== undefined && { register }) },
        recordAnomaly,
      ),
    );

  it('the start reading comes within five minutes, or repeats the register of the start message', () => {
    const [soon] = registers([5, wh(1000)]);
    expect(begin(registers([5, wh(1000)]))).toEqual({
      answer: { end: soon, others: [] },
      notes: [],
    });
    const [late] = registers([6, wh(1000)]);
    expect(begin(registers([6, wh(1000)]), wh(1001)).answer).toEqual({ end: late, others: [] });
  });

  it('a later reading with another register is not the start reading', () => {
    const claimed = registers([6, wh(1002)], [20, wh(2000)]);
    expect(begin(claimed, wh(1000))).toEqual({
      answer: { others: claimed },
      notes: [['CONTEXT_MISLABELLED', 6]],
    });
  });

  it('the start reading counts once, however often it is repeated', () => {
    const claimed = registers([0, wh(1000)], [15, wh(1000)], [30, wh(1000)]);
    expect(begin(claimed)).toEqual({
      answer: { end: claimed[0], others: [] },
      notes: [['BEGIN_REPEATED', 15]],
    });
  });
});

describe('the reading of the stop', () => {
  const end = (claimed: ReturnType<typeof registers>, register?: bigint) =>
    noting((recordAnomaly) =>
      sortOutEnd(
        claimed,
        { at: at(60), ...(register !== undefined && { register }) },
        recordAnomaly,
      ),
    );

  it('the stop reading comes at most five minutes before or after the stop', () => {
    for (const minutes of [55, 60, 65]) {
      const [point] = registers([minutes, wh(8000)]);
      expect(end(registers([minutes, wh(8000)])).answer).toEqual({ end: point, others: [] });
    }
    for (const minutes of [54, 66]) {
      const claimed = registers([minutes, wh(8000)]);
      expect(end(claimed)).toEqual({ answer: { others: claimed }, notes: [] });
    }
  });

  it('the stop reading may come earlier if it repeats the register of the stop message, but never later', () => {
    const [early] = registers([30, wh(8001)]);
    expect(end(registers([30, wh(8001)]), wh(8000)).answer).toEqual({ end: early, others: [] });
    const late = registers([66, wh(8000)]);
    expect(end(late, wh(8000)).answer).toEqual({ others: late });
  });

  it('of two stop readings that agree the more precise one is used', () => {
    const [finer, whole] = [8_000_400n, wh(8000)];
    for (const claimed of [
      registers([60, finer], [61, whole]),
      registers([59, whole], [60, finer]),
    ]) {
      expect(end(claimed, whole).answer).toEqual({ end: { at: at(60), value: finer }, others: [] });
    }
  });

  it('of two stop readings that differ the last one is used, and the other only counts by its time', () => {
    const claimed = registers([58, wh(7900)], [60, wh(8000)]);
    expect(end(claimed, wh(8000))).toEqual({
      answer: { end: claimed[1], others: [claimed[0]] },
      notes: [['CONTEXT_MISLABELLED', 58]],
    });
  });
});

describe('message and reading of one end', () => {
  const taken = (run: (disagree: () => void) => bigint | undefined) => {
    let disagreed = false;
    const register = run(() => {
      disagreed = true;
    });
    return [register, disagreed];
  };
  const start = (reading?: bigint, stated?: bigint, next?: bigint) =>
    taken((disagree) => startRegister(reading, stated, next, disagree));
  const stop = (reading?: bigint, stated?: bigint, previous?: bigint) =>
    taken((disagree) => stopRegister(reading, stated, previous, disagree));

  it('start or stop message and reading agree within 1 Wh, and the reading is the more precise one', () => {
    for (const agree of [start, stop]) {
      expect(agree(1_000_700n, wh(1000))).toEqual([1_000_700n, false]);
      expect(agree(wh(1000), wh(1001))).toEqual([wh(1000), false]);
      expect(agree(undefined, wh(1001))).toEqual([wh(1001), false]);
      expect(agree(wh(1000), undefined)).toEqual([wh(1000), false]);
    }
  });

  it('message and reading agree within the resolution of a reading coarser than 1 Wh', () => {
    for (const agree of [start, stop]) {
      expect(agree(wh(1010), wh(1019))).toEqual([wh(1019), false]);
      expect(agree(wh(1010), wh(1020))).toEqual([wh(1010), true]);
      expect(agree(wh(1100), wh(1199))).toEqual([wh(1199), false]);
      expect(agree(wh(1100), wh(1200))).toEqual([wh(1100), true]);
    }
  });

  it('of start message and start reading, the one that the next reading follows with the least energy is used', () => {
    expect(start(wh(1001), wh(1501))).toEqual([wh(1001), true]);
    expect(start(wh(1001), wh(1501), wh(1501))).toEqual([wh(1501), true]);
    expect(start(wh(1501), wh(1001), wh(1501))).toEqual([wh(1501), true]);
    expect(start(wh(1001), wh(1501), wh(1500))).toEqual([wh(1001), true]);
    expect(start(wh(1501), wh(1001), wh(1500))).toEqual([wh(1001), true]);
    expect(start(wh(1501), wh(1001), wh(1001))).toEqual([wh(1001), true]);
    expect(start(wh(1501), wh(1001), wh(999))).toEqual([wh(1501), true]);
  });

  it('of stop message and stop reading, the reading is used, unless only the message follows the one before', () => {
    expect(stop(wh(7001), wh(8001))).toEqual([wh(7001), true]);
    expect(stop(wh(7001), wh(8001), wh(7001))).toEqual([wh(7001), true]);
    expect(stop(wh(7001), wh(8001), wh(7002))).toEqual([wh(8001), true]);
    expect(stop(wh(7001), wh(8001), wh(8001))).toEqual([wh(8001), true]);
    expect(stop(wh(7001), wh(8001), wh(8002))).toEqual([wh(7001), true]);
  });
});

describe('the line of a register', () => {
  const line = (
    totals: Parameters<typeof registerTimeline>[0],
    window: SessionWindow = stoppedAfter(60),
  ) => noting((recordAnomaly) => registerTimeline(totals, window, undefined, recordAnomaly));

  it('the register timeline begins with a reading up to two minutes before the start, if nothing else shows the start', () => {
    const from = (minutes: number) =>
      line(new Map([['sample', registers([minutes, wh(1000)], [30, wh(2000)])]]));
    expect(from(-2).answer.start).toEqual({ at: at(0), value: wh(1000) });
    expect(from(-3).answer.start).toBeUndefined();
  });

  it('the register timeline has the larger of two readings of one time, and a difference above 1 Wh is reported', () => {
    // A late reading that claims to be the start is one of its time.
    const twins = (claimed: bigint, other: bigint) => {
      const { answer, notes } = line(
        new Map([
          ['begin', registers([0, wh(1000)], [30, claimed])],
          ['sample', registers([30, other])],
        ]),
      );
      return [answer.points.find((point) => point.at === at(30))?.value, notes.at(-1)?.[0]];
    };
    expect(twins(wh(2000), wh(2001))).toEqual([wh(2001), 'CONTEXT_MISLABELLED']);
    expect(twins(wh(2000), wh(2002))).toEqual([wh(2002), 'DUP_CONFLICT']);
    expect(twins(wh(2002), wh(2000))).toEqual([wh(2002), 'DUP_CONFLICT']);
  });

  it('the register timeline begins with a reading at the very start that is 1 Wh below the message', () => {
    const { answer, notes } = line(
      new Map([['sample', registers([0, wh(999)], [60, wh(2000)])]]),
      stoppedAfter(60, { startRegister: wh(1000) }),
    );
    expect(answer.points).toEqual(registers([0, wh(999)], [60, wh(2000)]));
    expect(notes).toEqual([]);
  });

  it('a reading after the start and one before the stop decide which of two registers is right', () => {
    const { answer, notes } = line(
      new Map([
        ['begin', registers([0, wh(501)])],
        ['sample', registers([0, wh(711)], [1, wh(1511)], [60, wh(2511)])],
        ['end', registers([60, wh(2001)])],
      ]),
      stoppedAfter(60, { startRegister: wh(1001), stopRegister: wh(3001) }),
    );
    expect(answer.start).toEqual({ at: at(0), value: wh(1001) });
    expect(answer.stop).toEqual({ at: at(60), value: wh(2001) });
    expect(notes[0]).toEqual(['METER_ENDS_DISAGREE', 0]);
  });
});

describe('readings that count from zero at the start', () => {
  const lift = (
    stated: { readonly start?: bigint; readonly stop?: bigint },
    sample: ReturnType<typeof registers>,
    watts?: number,
  ) => {
    const window = stoppedAfter(60, {
      ...(stated.start !== undefined && { startRegister: stated.start }),
      ...(stated.stop !== undefined && { stopRegister: stated.stop }),
    });
    const { answer, notes } = noting((recordAnomaly) =>
      rebaseRelativeRegister(
        { begin: [], end: [], sample },
        window,
        physicalBound(watts),
        recordAnomaly,
      ),
    );
    const isLifted = answer.readings.sample[0]?.value !== sample[0]?.value;
    expect(notes.map(([code]) => code)).toEqual(isLifted ? ['REG_SESSION_RELATIVE'] : []);
    return isLifted;
  };

  it('readings that count from zero at the start are added to the start register', () => {
    expect(
      lift({ start: wh(500_000), stop: wh(507_000) }, registers([0, 0n], [60, wh(7000)])),
    ).toBe(true);
    expect(lift({ start: wh(500_000) }, registers([0, 0n], [60, wh(7000)]))).toBe(true);
    expect(lift({ start: wh(500_000), stop: wh(500_000) }, registers([0, 0n]))).toBe(true);
    expect(lift({}, registers([0, 0n], [60, wh(7000)]))).toBe(false);
  });

  it('readings that count from zero begin with at most what can have been delivered, or a tenth of the register', () => {
    const most = physicalBound(11_000)?.(15n * minute) ?? 0n;
    expect(lift({ start: wh(500_000) }, registers([15, most]), 11_000)).toBe(true);
    expect(lift({ start: wh(500_000) }, registers([15, most + 1n]), 11_000)).toBe(false);
    expect(lift({ start: wh(500_000) }, registers([15, wh(50_000)]))).toBe(true);
    expect(lift({ start: wh(500_000) }, registers([15, wh(50_000) + 1n]))).toBe(false);
    expect(lift({ start: wh(500_000) }, registers([15, -1n], [30, wh(10)]))).toBe(false);
  });

  it('readings that count from zero stay below the start register by more than 1 Wh', () => {
    expect(lift({ start: wh(1000) }, registers([0, 0n], [60, wh(999) - 1n]))).toBe(true);
    expect(lift({ start: wh(1000) }, registers([0, 0n], [60, wh(999)]))).toBe(false);
  });

  it('readings do not count from zero if one of several is at the start register', () => {
    const sample = registers([0, 0n], [20, wh(1000)], [40, wh(1)]);
    expect(lift({ start: wh(1000) }, sample)).toBe(false);
    expect(lift({ start: wh(1100) }, sample)).toBe(true);
  });

  it('only readings since the start show whether they count from zero', () => {
    const before = registers([-1, wh(1000)], [0, 0n], [60, wh(900)]);
    expect(lift({ start: wh(1000) }, before)).toBe(true);
  });

  it('readings that count from zero agree with the stop within 10 Wh', () => {
    const stated = { start: wh(500_000), stop: wh(507_000) };
    expect(lift(stated, registers([0, 0n], [60, wh(7010)]))).toBe(true);
    expect(lift(stated, registers([0, 0n], [60, wh(7010) + 1n]))).toBe(false);
    expect(lift({ start: wh(500_000), stop: wh(499_999) }, registers([0, 0n]))).toBe(false);
  });
});
