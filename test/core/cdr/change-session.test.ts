import { describe, expect, it } from 'vitest';
import { changeSession, isFixed } from '../../../core/cdr/change-session.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { sessionOf } from './cdr-samples.ts';

const missing = {
  kind: 'stopMissing',
  endedAt: '2026-03-02T10:45:00.000Z',
  receivedAt: '2026-03-02T11:30:00.000Z',
} as const;
const codes = (session: ReturnType<typeof changeSession>) =>
  session?.anomalies.map(({ code }) => code);

const running = sessionOf(startedEvent());
const ended = sessionOf(startedEvent(), missing);

describe('an event of a session', () => {
  it('a repeated event of a session changes nothing', () => {
    expect(changeSession({ session: running }, startedEvent())).toBeUndefined();
    expect(changeSession({ session: ended }, missing)).toBeUndefined();
  });

  it('an event creates an unknown session, unless it ends a session that never existed', () => {
    expect(changeSession(undefined, startedEvent())).toEqual(running);
    expect(changeSession(undefined, missing)).toBeUndefined();
  });

  it('an event after a CDR was sealed or decided is only recorded as an anomaly', () => {
    const session = sessionOf(startedEvent(), stoppedEvent());
    const other = stoppedEvent({ endedAt: '2026-03-02T12:00:00.000Z' });
    for (const more of [
      { result: { cdrSequence: 1 } },
      { decision: { kind: 'accept' } as const },
    ]) {
      const changed = changeSession({ session, ...more }, other);

      expect(isFixed({ session, ...more })).toBe(true);
      expect(changed?.stop).toEqual(session.stop);
      expect(codes(changed)).toEqual(['SECOND_STOP']);
    }
  });

  it('the same anomaly is recorded at most eight times per session', () => {
    let session = sessionOf(startedEvent(), stoppedEvent());
    for (let n = 0; n < 20; n += 1) {
      const other = stoppedEvent({ meterStop: 20_000 + n });
      session = changeSession({ session }, other) ?? session;
    }

    expect(codes(session)).toHaveLength(8);
  });
});

describe('a session whose stop did not arrive', () => {
  it('a session whose stop is missing ends with a warning that does not hold its CDR', () => {
    expect(ended).toMatchObject({ state: 'ended', stop: { reason: 'StopMissing' } });
    expect(ended.anomalies).toMatchObject([{ code: 'STOP_MISSING', severity: 'warning' }]);
  });

  it('a superseded session whose stop is missing keeps its end and is no longer held for that', () => {
    const superseded = {
      kind: 'superseded',
      by: 'ses_2',
      endedAt: '2026-03-02T10:40:00.000Z',
      receivedAt: '2026-03-02T11:00:00.000Z',
    } as const;
    const session = sessionOf(startedEvent(), superseded, missing);

    expect(session.stop).toEqual({
      endedAt: superseded.endedAt,
      receivedAt: superseded.receivedAt,
      reason: 'StopMissing',
    });
    expect(codes(session)).toEqual(['STOP_MISSING']);
    expect(sessionOf(startedEvent(), missing, superseded)).toEqual(ended);
  });

  it('a session whose stop was missing takes over its real stop, even after its CDR was sealed', () => {
    const { stop } = sessionOf(startedEvent(), stoppedEvent());
    for (const more of [{}, { result: { cdrSequence: 1 } }]) {
      const changed = changeSession({ session: ended, ...more }, stoppedEvent());

      expect(changed?.stop).toEqual(stop);
      expect(changed?.anomalies).toEqual([]);
    }
  });

  it('a session whose stop was missing keeps its assigned end once an operator has decided', () => {
    const decided = { session: ended, decision: { kind: 'accept' } as const };

    expect(changeSession(decided, stoppedEvent())?.stop).toEqual(ended.stop);
  });
});
