import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Alert,
  alertsOf,
  defaultAlerts,
  type WatchedCharger,
  type WatchedConnector,
  type WatchedSession,
} from '../../../core/monitoring/alerts.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant } from '../../../core/units/instant.ts';

const minute = 60_000;
const now = Date.UTC(2026, 2, 14, 12);
const ago = (minutes: number): number => now - minutes * minute;

const online: WatchedCharger = { offlineSince: undefined, absences: [], connectors: [] };

/** A session of which a reading came each minute until now, with the power of each, W. */
function sessionOf(watts: readonly number[], facts: Partial<WatchedSession> = {}): WatchedSession {
  let energy = 0;
  const startedAt = ago(watts.length);
  const series = [0, ...watts].map((power, n) => {
    energy += Math.round((power * 1000) / 60);
    return { at: instant(BigInt(startedAt + n * minute)), energy: milliWattHours(BigInt(energy)) };
  });
  return { sessionId: 'ses_1', startedAt, heardAt: now, series, isIdle: false, ...facts };
}

const connectorWith = (facts: Partial<WatchedConnector>): WatchedCharger => ({
  ...online,
  connectors: [{ evseId: 1, connectorId: 1, ...facts }],
});

const kindsOf = (charger: WatchedCharger, at = now): readonly Alert['kind'][] =>
  alertsOf(charger, defaultAlerts, at).map(({ kind }) => kind);

const minutesOf = (count: number, watts: number): readonly number[] =>
  Array.from({ length: count }, () => watts);

describe('what to look after at a charger', () => {
  it('a charger is offline once it cannot be heard for as long as its operator bears, and no more is said of its connectors', () => {
    const charger = { ...connectorWith({ status: 'faulted', statusAt: ago(90) }), absences: [] };
    expect(kindsOf({ ...charger, offlineSince: ago(9) })).toEqual([]);
    expect(alertsOf({ ...charger, offlineSince: ago(10) }, defaultAlerts, now)).toEqual([
      { kind: 'offline', since: ago(10) },
    ]);
  });

  it('a charger that went away five times in a day did so too often, whether it is back or not', () => {
    const absences = [1, 2, 3, 4].map((hours) => ago(hours * 60));
    expect(kindsOf({ ...online, absences })).toEqual([]);
    expect(kindsOf({ ...online, absences: [...absences, ago(25 * 60)] })).toEqual([]);
    expect(kindsOf({ ...online, absences: [...absences, ago(23 * 60)] })).toEqual([
      'often-offline',
    ]);
    expect(kindsOf({ ...online, absences: [...absences, ago(30)], offlineSince: ago(30) })).toEqual(
      ['offline', 'often-offline'],
    );
  });

  it('a session is stuck where its vehicle asks for energy and gets next to none for 20 minutes', () => {
    const stuck = sessionOf([...minutesOf(30, 11_000), ...minutesOf(25, 50)]);
    expect(alertsOf(connectorWith({ session: stuck }), defaultAlerts, now)).toMatchObject([
      { kind: 'stuck-session', sessionId: 'ses_1', connector: { evseId: 1, connectorId: 1 } },
    ]);
    const since = alertsOf(connectorWith({ session: stuck }), defaultAlerts, now)[0]?.since ?? 0;
    expect(since).toBe(ago(25));
  });

  it.each([
    ['is too short yet', sessionOf(minutesOf(19, 0))],
    ['stopped 15 minutes ago', sessionOf([...minutesOf(30, 11_000), ...minutesOf(15, 0)])],
    ['gets a little more', sessionOf(minutesOf(120, 250))],
    ['belongs to a vehicle that wants nothing', sessionOf(minutesOf(90, 0), { isIdle: true })],
  ])('a session that %s is not stuck', (_why, session) => {
    expect(kindsOf(connectorWith({ session }))).toEqual([]);
  });

  it('no session is stuck whose power is never below the threshold, and each is that never has it, after 20 minutes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 22_000 }), { minLength: 1, maxLength: 60 }),
        (watts) => {
          const isStuck = kindsOf(connectorWith({ session: sessionOf(watts) })).includes(
            'stuck-session',
          );
          // A mWh more or less by rounding each minute.
          if (watts.every((power) => power > 200)) expect(isStuck).toBe(false);
          if (watts.every((power) => power < 199)) expect(isStuck).toBe(watts.length >= 20);
        },
      ),
    );
  });

  const flowing = { at: now, isThreePhase: true, flowsSince: ago(15) };

  it('a register that shows the same for ten minutes while current flows is frozen, and its session not said to be stuck', () => {
    const session = sessionOf(minutesOf(30, 0), {
      register: { at: now, since: ago(25) },
      currents: flowing,
    });
    expect(alertsOf(connectorWith({ session }), defaultAlerts, now)).toMatchObject([
      { kind: 'frozen-register', since: ago(15), sessionId: 'ses_1' },
    ]);
  });

  it.each([
    [
      'has flowed for less',
      { register: { at: now, since: ago(25) }, currents: { ...flowing, flowsSince: ago(9) } },
    ],
    ['moved meanwhile', { register: { at: now, since: ago(9) }, currents: flowing }],
    ['was not read since', { register: { at: ago(8), since: ago(25) }, currents: flowing }],
    [
      'has no current',
      { register: { at: now, since: ago(25) }, currents: { at: now, isThreePhase: true } },
    ],
  ])('a register that %s is not frozen', (_why, facts) => {
    const session = sessionOf(minutesOf(10, 11_000), facts);
    expect(kindsOf(connectorWith({ session }))).toEqual([]);
  });

  it('a phase is lost after five minutes', () => {
    const lost = (minutes: number) => ({
      currents: { ...flowing, lost: { phase: 'L2' as const, since: ago(minutes) } },
    });
    const charger = (minutes: number) =>
      connectorWith({ session: sessionOf(minutesOf(30, 7_000), lost(minutes)) });
    expect(kindsOf(charger(4))).toEqual([]);
    expect(alertsOf(charger(5), defaultAlerts, now)).toMatchObject([
      { kind: 'lost-phase', since: ago(5) },
    ]);
  });

  it('a session without a reading for half an hour is silent, and nobody says that it is stuck', () => {
    const session = sessionOf(minutesOf(60, 0), { heardAt: ago(30) });
    expect(kindsOf(connectorWith({ session }))).toEqual(['silent-session']);
  });

  it('a session of a day is long', () => {
    const session = sessionOf(minutesOf(60, 11_000), { startedAt: ago(24 * 60) });
    expect(kindsOf(connectorWith({ session }))).toEqual(['long-session']);
  });

  it('a connector is faulted from its report on, with or without a session', () => {
    const facts = { status: 'faulted', statusAt: ago(1) } as const;
    expect(kindsOf(connectorWith(facts))).toEqual(['faulted']);
    expect(kindsOf(connectorWith({ ...facts, session: sessionOf([11_000]) }))).toEqual(['faulted']);
  });

  it('a connector that was free for a week is unused; an occupied or an unknown one is not', () => {
    const week = 7 * 24 * 60;
    expect(kindsOf(connectorWith({ status: 'available', statusAt: ago(week) }))).toEqual([
      'unused',
    ]);
    expect(kindsOf(connectorWith({ status: 'available', statusAt: ago(week - 1) }))).toEqual([]);
    expect(kindsOf(connectorWith({ status: 'charging', statusAt: ago(week) }))).toEqual([]);
    expect(kindsOf(connectorWith({}))).toEqual([]);
  });

  it('each threshold is the operator’s own', () => {
    const thresholds = { ...defaultAlerts, stuckMinutes: 5, stuckWatts: 1_000, unusedDays: 1 };
    const session = sessionOf(minutesOf(6, 900));
    expect(alertsOf(connectorWith({ session }), thresholds, now)).toMatchObject([
      { kind: 'stuck-session' },
    ]);
    const free = connectorWith({ status: 'available', statusAt: ago(24 * 60) });
    expect(alertsOf(free, thresholds, now)).toMatchObject([{ kind: 'unused' }]);
  });
});
