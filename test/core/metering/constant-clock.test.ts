import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectorStatus } from '../../../core/charger/connector-status.ts';
import { measure } from '../../../core/metering/measure.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { statePointsOf } from '../../../core/metering/points/state-points.ts';
import { at } from './by-minute.ts';
import { codes, endAt, iso, readings } from './measured-by-minute.ts';

const minute = 60_000;
const began = Number(at(0));

/** A session as it was, in minutes from ten o'clock on: charging until full, connected until its stop. */
type True = { readonly full: number; readonly stop: number; readonly every: number };

/** How its charger reported it: by a clock so many minutes ahead, without a connection for a while, flagged as such or not. */
type Reported = {
  readonly clock: (minutes: number) => number;
  readonly from: number;
  readonly until: number;
  readonly flags?: boolean;
};

const registerAt = (full: number, minutes: number) =>
  100_000 + Math.floor((7000 * Math.min(minutes, full)) / 60);

/** The session as it is heard: messages taken without a connection come when that is back, within a second. */
const reported = (
  { full, stop, every }: True,
  { clock, from, until, flags }: Reported,
): Metered => {
  const isAway = (minutes: number) => minutes >= from && minutes < until;
  const heardAt = (minutes: number) =>
    began + (isAway(minutes) ? until * minute + Math.floor(minutes) : minutes * minute);
  const timeOf = (minutes: number) => ({
    timestamp: iso(minutes + clock(minutes)),
    receivedAt: heardAt(minutes),
  });
  const times = Array.from({ length: Math.ceil(stop / every) - 1 }, (_, n) => (n + 1) * every);
  const taken = times.flatMap((minutes) =>
    readings([minutes, String(registerAt(full, minutes))]).map((one) => ({
      ...one,
      ...timeOf(minutes),
      offline: flags === true && isAway(minutes),
    })),
  );
  const state = (minutes: number, status: ConnectorStatus) => ({ ...timeOf(minutes), status });
  const states = [
    state(0, 'charging'),
    ...(stop > full ? [state(full, 'suspended-by-vehicle')] : []),
  ];
  return measure(
    pointsOf(taken),
    {
      maxPowerW: 22_000,
      start: { ...endAt(0, 100_000), ...timeOf(0) },
      stop: { ...endAt(stop, registerAt(full, stop)), ...timeOf(stop) },
    },
    statePointsOf(states),
  );
};

/** Minutes of a use of the session. */
const minutesOf = ({ activities, endedAt }: Metered, kind: string): number =>
  activities.reduce(
    (sum, one, index) =>
      one.kind === kind
        ? sum + Number((activities[index + 1]?.from ?? endedAt) - one.from) / minute
        : sum,
    0,
  );

const session = fc
  .record({
    full: fc.integer({ min: 20, max: 240 }),
    idle: fc.constantFrom(0, 30, 300),
    every: fc.constantFrom(1, 5, 15),
  })
  .map(({ full, idle, every }): True => ({ full, stop: full + idle, every }));

/** Any time without a connection: before the start, in the session, over its end, or over all of it. */
const outage = fc.record({
  from: fc.integer({ min: -1, max: 600 }),
  length: fc.integer({ min: 1, max: 1500 }),
});

describe('a clock that is wrong by a constant while messages wait for a connection', () => {
  it('an outage changes no minute and no energy of a bill, by however much the clock is ahead or behind', () => {
    fc.assert(
      fc.property(
        session,
        outage,
        fc.integer({ min: -840, max: 840 }),
        fc.boolean(),
        (one, { from, length }, off, flags) => {
          const until = from + length;
          // Up to a quarter of an hour it is not always known whether a clock was set.
          fc.pre(Math.abs(off) >= 15 || length === 1);
          // A message that waited for just as long as the clock is ahead looks as if the clock were right.
          const waits = [0, one.full, one.stop]
            .filter((minutes) => minutes >= from && minutes < until)
            .map((minutes) => until - minutes);
          fc.pre(waits.every((wait) => Math.abs(wait - off) > 6));

          const metered = reported(one, { clock: () => off, from, until, flags });

          expect({
            charging: minutesOf(metered, 'charging'),
            idle: minutesOf(metered, 'idle'),
            energy: metered.energy,
            held: metered.hold,
          }).toEqual({
            charging: one.full,
            idle: one.stop - one.full,
            energy: BigInt(registerAt(one.full, one.full) - 100_000) * 1000n,
            held: false,
          });
        },
      ),
    );
  });

  it('local time as UTC is read across the change of summer time, each message by the zone that it is in', () => {
    const newYork = (minutes: number) => (minutes < 90 ? -300 : -240);
    const metered = reported(
      { full: 180, stop: 180, every: 5 },
      { clock: newYork, from: -1, until: -1 },
    );

    expect(minutesOf(metered, 'charging')).toBe(180);
    expect(Number(metered.startedAt)).toBe(began);
    expect(codes(metered)).toEqual(['TS_CONST_OFFSET']);
  });

  it('a clock that is behind dates nothing of a bill, also where the charger says that it was offline', () => {
    const metered = reported(
      { full: 180, stop: 180, every: 5 },
      { clock: () => -37, from: 178, until: 192, flags: true },
    );

    expect(Number(metered.startedAt)).toBe(began);
    expect(Number(metered.endedAt)).toBe(began + 180 * minute);
  });

  it('several values of one message show a clock that is behind no better than one', () => {
    const late = (minutes: number, value: string) =>
      readings([minutes, value], [minutes, '7000', { measurand: 'Power.Active.Import' }]).map(
        (one) => ({
          ...one,
          receivedAt: one.receivedAt + 37 * minute,
        }),
      );
    const metered = measure(
      pointsOf([...late(0, '100000'), ...late(30, '103500')]),
      {
        start: { ...endAt(0, 100_000), receivedAt: began + 37 * minute },
        stop: { ...endAt(60, 107_000), receivedAt: began + 600 * minute },
      },
      [],
    );
    expect(Number(metered.startedAt)).toBe(began);
    expect(codes(metered)).not.toContain('TS_CONST_OFFSET');
  });

  it('a clock that is set right during the session counts by the receipt until then, and by itself afterwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 840 }), fc.integer({ min: 1, max: 40 }), (off, set) => {
        const metered = reported(
          { full: 60, stop: 60, every: 1 },
          { clock: (minutes) => (minutes < set ? off : 0), from: -1, until: -1 },
        );

        // A clock that is a minute from a zone is taken for one of that zone.
        expect(Math.abs(minutesOf(metered, 'charging') - 60)).toBeLessThanOrEqual(1);
        expect(metered.hold).toBe(false);
      }),
    );
  });

  it('a stop that is right after a start two hours ahead, and no reading that tells why, hold the CDR', () => {
    const waited = { full: 60, stop: 60, every: 60 };
    const metered = reported(waited, { clock: () => 120, from: 59, until: 180 });

    expect(codes(metered)).toContain('CLOCK_JUMPED');
    expect(metered.hold).toBe(true);
  });

  it('a session of a clock that was never set is as long as it says where its stop waited, and no longer', () => {
    const unset = (minutes: number) => new Date((minutes + 10) * minute).toISOString();
    const since1970 = (heardAt: number) =>
      measure(
        pointsOf(readings([10, '101166'], [40, '104666'])),
        {
          maxPowerW: 22_000,
          start: { ...endAt(0, 100_000), timestamp: unset(0) },
          stop: { ...endAt(heardAt, 107_000), timestamp: unset(60) },
        },
        [],
      );
    for (const heardAt of [60, 120, 660]) {
      const metered = since1970(heardAt);
      expect(Number(metered.endedAt - metered.startedAt)).toBe(60 * minute);
      expect(codes(metered)).toEqual(['TS_EPOCH']);
    }
  });

  it('a clock that began again counts by the receipts where something was read after its stop', () => {
    const unset = (minutes: number) => new Date(minutes * minute).toISOString();
    const metered = measure(
      pointsOf(readings([10, '101166'], [50, '105833'])),
      {
        start: { ...endAt(0, 100_000), timestamp: unset(10) },
        stop: { ...endAt(60, 107_000), timestamp: unset(25) },
      },
      [],
    );
    expect(Number(metered.endedAt - metered.startedAt)).toBe(60 * minute);
  });
});
