import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import {
  type CurrentWatch,
  decodeCurrents,
  encodeCurrents,
  followCurrents,
} from '../../../core/monitoring/current-watch.ts';

const phases = ['L1', 'L2', 'L3'] as const;

const begin = Date.UTC(2026, 2, 14, 12);
const minute = 60_000;
const at = (n: number): number => begin + n * minute;

const value = (measurand: string, unit: string, amount: number, phase?: string) => ({
  value: String(amount),
  context: 'Sample.Periodic',
  measurand,
  location: 'Outlet',
  unit,
  multiplier: 0,
  format: 'raw' as const,
  ...(phase !== undefined && { phase }),
});

/** A reading of the currents of three phases, A, in a minute. */
const reading = (n: number, amps: readonly number[]): MeterReading => ({
  timestamp: new Date(at(n)).toISOString(),
  receivedAt: at(n),
  offline: false,
  sampledValues: amps.map((amp, index) =>
    value('Current.Import', 'A', amp, amps.length === 1 ? undefined : phases[index]),
  ),
});

const follow = (
  readings: readonly MeterReading[],
  before?: CurrentWatch,
): CurrentWatch | undefined => followCurrents(before, pointsOf(readings));

const courses = fc.array(fc.array(fc.constantFrom(0, 0.4, 4, 16), { minLength: 3, maxLength: 3 }), {
  minLength: 1,
  maxLength: 12,
});

describe('the currents of a session that runs', () => {
  it('it does not matter how a charger cuts its readings into messages, nor that it sends one again', () => {
    fc.assert(
      fc.property(courses, fc.nat(11), (course, cut) => {
        const readings = course.map((amps, n) => reading(n, amps));
        const first = follow(readings.slice(0, cut));
        expect(follow(readings.slice(cut), first)).toEqual(follow(readings));
        expect(follow(readings.slice(Math.max(0, cut - 2)), first)).toEqual(follow(readings));
      }),
      { numRuns: 40 },
    );
  });

  it('what is written is read again', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const watch = follow(course.map((amps, n) => reading(n, amps)));
        if (watch === undefined) throw new Error('Currents were measured');
        expect(decodeCurrents(encodeCurrents(watch))).toEqual(watch);
        expect(encodeCurrents(watch).length).toBeLessThan(30);
      }),
      { numRuns: 40 },
    );
  });

  it.each(phases)(
    'a vehicle that charged on three phases has lost %s when it alone carries next to nothing',
    (phase) => {
      const lost = phases.map((one) => (one === phase ? 0.5 : 16));
      const readings = [reading(0, [16, 16, 16]), reading(1, lost), reading(2, lost)];
      expect(follow(readings)?.lost).toEqual({ phase, since: at(1) });
      expect(follow([...readings, reading(3, [16, 16, 16])])?.lost).toBeUndefined();
    },
  );

  it.each([
    [
      'charges on one phase',
      [
        [16, 0, 0],
        [16, 0, 0],
      ],
    ],
    [
      'charges on two phases',
      [
        [16, 16, 0],
        [16, 16, 0],
      ],
    ],
    [
      'goes from three phases to one',
      [
        [16, 16, 16],
        [16, 0, 0],
      ],
    ],
    [
      'has ended',
      [
        [16, 16, 16],
        [0, 0, 0],
      ],
    ],
    [
      'has phases of different loads',
      [
        [16, 16, 16],
        [16, 16, 2],
      ],
    ],
    ['reports one current for all phases', [[16], [16]]],
  ])('a vehicle that %s has lost no phase', (_what, course) => {
    expect(follow(course.map((amps, n) => reading(n, amps)))?.lost).toBeUndefined();
  });

  it('a phase is as lost by powers of phases as by currents, with or without the neutral in its name', () => {
    const powers = (n: number, watts: readonly number[]): MeterReading => ({
      ...reading(n, []),
      sampledValues: watts.map((watt, index) =>
        value('Power.Active.Import', 'W', watt, `${phases[index]}-N`),
      ),
    });
    const readings = [powers(0, [3680, 3680, 3680]), powers(1, [3680, 3680, 100])];
    expect(follow(readings)?.lost).toEqual({ phase: 'L3', since: at(1) });
  });

  it('more than 5 A flow from their first reading on, until one with less', () => {
    const readings = [reading(0, [5]), reading(1, [5.1]), reading(2, [16])];
    expect(follow(readings)?.flowsSince).toBe(at(1));
    expect(follow([...readings, reading(3, [4])])?.flowsSince).toBeUndefined();
  });

  it('a session without currents and powers is not followed', () => {
    expect(follow([{ ...reading(0, []), seqNo: 1 }])).toBeUndefined();
  });
});
