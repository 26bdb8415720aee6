import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absenceAlertEvents, sessionAlertEvents } from '../../../core/event/alert-events.ts';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { defaultAlerts } from '../../../core/monitoring/alerts.ts';
import {
  type CurrentWatch,
  encodeCurrents,
  followCurrents,
} from '../../../core/monitoring/current-watch.ts';
import type { WatchedView } from '../../../core/monitoring/watched-session.ts';
import { accumulate, noRunningReadings } from '../../../core/session/accumulate.ts';
import { encodeRunning } from '../../../core/session/encode-running.ts';
import type { Session } from '../../../core/session/session.ts';

const begin = Date.UTC(2026, 2, 14, 12);
const minute = 60_000;
const timeAt = (n: number): string => new Date(begin + n * minute).toISOString();

const session: Session = {
  sessionId: 'ses_1',
  operatorId: 'op_a',
  chargerId: 'CP-1',
  evseId: 2,
  connectorId: 1,
  transactionId: '7',
  protocol: 'ocpp1.6',
  state: 'active',
  start: {
    startedAt: timeAt(0),
    receivedAt: timeAt(0),
    meterStart: 1000,
    tokenId: 'TAG1',
    authorization: 'Accepted',
  },
  timeZone: 'UTC',
  anomalies: [],
};

/** The register, Wh, and the currents of three phases, A, in a minute. */
type Minute = { readonly wh: number; readonly amps: readonly number[] };

const readingAt = (n: number, { wh, amps }: Minute): MeterReading => {
  const common = { context: 'Sample.Periodic', location: 'Outlet', multiplier: 0 } as const;
  const currents = amps.map((amp, index) => ({
    ...common,
    value: String(amp),
    measurand: 'Current.Import',
    unit: 'A',
    phase: `L${index + 1}`,
    format: 'raw' as const,
  }));
  const measurand = 'Energy.Active.Import.Register';
  const register = { ...common, value: String(wh), measurand, unit: 'Wh', format: 'raw' as const };
  return {
    timestamp: timeAt(n),
    receivedAt: begin + n * minute,
    offline: false,
    sampledValues: [register, ...currents],
  };
};

/** The running views of a session, one after each minute; `lag` is how many minutes later they came. */
function viewsOf(course: readonly Minute[], lag = 0): readonly WatchedView[] {
  let running = noRunningReadings;
  let currents: CurrentWatch | undefined;
  return course.map((one, index) => {
    running = accumulate(running, [readingAt(index + 1, one)], []);
    currents = followCurrents(currents, running.points);
    return {
      running: encodeRunning(running),
      ...(currents !== undefined && { currents: encodeCurrents(currents) }),
      updatedAt: timeAt(index + 1 + lag),
    };
  });
}

const eventsOf = (views: readonly WatchedView[]) =>
  views.flatMap((view, index) =>
    sessionAlertEvents(session, views[index - 1], view, defaultAlerts),
  );

const flows = (minutes: number, amps: readonly number[], from = 1000): readonly Minute[] =>
  Array.from({ length: minutes }, (_none, n) => ({ wh: from + (n + 1) * 150, amps }));

const frozen: readonly Minute[] = Array.from({ length: 20 }, () => ({
  wh: 1000,
  amps: [16, 16, 16],
}));

describe('what somebody has to look after, as events', () => {
  it('a session that charges as it should is none', () => {
    expect(eventsOf(viewsOf(flows(60, [16, 16, 16])))).toEqual([]);
  });

  it('a register that stands still while current flows is one, once', () => {
    expect(eventsOf(viewsOf(frozen))).toMatchObject([
      {
        type: 'charger.alert',
        subject: { kind: 'charger', chargerKey: 'op_a#cp-1' },
        at: timeAt(11),
        data: {
          kind: 'frozen-register',
          since: timeAt(1),
          evseId: 2,
          connectorId: 1,
          sessionId: 'ses_1',
        },
      },
    ]);
  });

  it('a phase that is lost is one, and another one when it is lost again', () => {
    const course = [
      ...flows(10, [16, 16, 16]),
      ...flows(8, [16, 16, 0], 2500),
      ...flows(5, [16, 16, 16], 3700),
      ...flows(8, [0, 16, 16], 4450),
    ];
    expect(eventsOf(viewsOf(course)).map(({ data, at }) => ({ ...data, at }))).toMatchObject([
      { kind: 'lost-phase', since: timeAt(11), at: timeAt(16) },
      { kind: 'lost-phase', since: timeAt(24), at: timeAt(29) },
    ]);
  });

  it('a vehicle that gets next to nothing for 20 minutes is one', () => {
    const course = Array.from({ length: 30 }, () => ({ wh: 1000, amps: [0, 0, 0] }));
    expect(eventsOf(viewsOf(course))).toMatchObject([{ data: { kind: 'stuck-session' } }]);
  });

  it('readings that come late are none: they say nothing of now', () => {
    expect(eventsOf(viewsOf(frozen, 30))).toEqual([]);
  });

  it('a view that is stored again is none, whatever its session is like', () => {
    const [last] = viewsOf(frozen).slice(-1);
    if (last === undefined) throw new Error('There are views');
    expect(sessionAlertEvents(session, undefined, last, defaultAlerts)).toHaveLength(1);
    expect(sessionAlertEvents(session, last, last, defaultAlerts)).toEqual([]);
  });

  it('a charger that goes away too often is one with the absence that makes it so, and with no other of that day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (limit, count) => {
          const thresholds = { ...defaultAlerts, absencesPerDay: limit };
          const begins = Array.from({ length: count }, (_none, n) => begin + n * 30 * minute);
          const events = begins.flatMap((from, n) => {
            const absence = { from: timeAt(n * 30), to: timeAt(n * 30 + 5) };
            const earlier = begins.filter((one) => one < from);
            return absenceAlertEvents('op_a#cp-1', earlier, absence, thresholds);
          });
          expect(events.map(({ at, data }) => ({ at, ...data }))).toEqual(
            count < limit
              ? []
              : [
                  {
                    at: timeAt((limit - 1) * 30 + 5),
                    kind: 'often-offline',
                    since: timeAt(0),
                    evseId: null,
                    connectorId: null,
                    sessionId: null,
                  },
                ],
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
