import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import type { Session } from '../../../core/session/session.ts';
import type { SessionEvent } from '../../../core/session/session-event.ts';
import {
  abandonedEvent,
  identity,
  startedEvent,
  stoppedEvent,
  supersededEvent,
} from './session-samples.ts';

const sessionAfter = (...events: readonly SessionEvent[]): Session | undefined =>
  events.reduce<Session | undefined>(applySessionEvent, undefined);

const codes = (session: Session | undefined) => session?.anomalies.map(({ code }) => code);

describe('a session', () => {
  it('a session is active from its start to its stop', () => {
    const running = sessionAfter(startedEvent());
    const ended = sessionAfter(startedEvent(), stoppedEvent());

    expect(running).toEqual({
      ...identity,
      tariffId: 'tar1',
      state: 'active',
      start: startedEvent().start,
      anomalies: [],
    });
    expect(ended).toEqual({ ...running, state: 'ended', stop: stoppedEvent().stop });
  });

  it('a session shows a stop that arrived without its start, until the start arrives', () => {
    const orphan = sessionAfter(stoppedEvent());
    const whole = sessionAfter(stoppedEvent(), startedEvent());

    expect(orphan?.state).toBe('ended');
    expect(codes(orphan)).toEqual(['STOP_WITHOUT_START']);
    expect(whole).toEqual(sessionAfter(startedEvent(), stoppedEvent()));
    expect(whole?.connectorId).toBe(2);
  });

  it('a session has the tariff of the charger that its stop knew until its start arrives, and then that of the start, also where it had none', () => {
    const stopped = { ...stoppedEvent(), fixed: { tariffId: 'tar9' } };
    const without = { ...startedEvent(), fixed: {} };

    expect(sessionAfter(stopped)?.tariffId).toBe('tar9');
    for (const started of [startedEvent(), without]) {
      expect(sessionAfter(stopped, started)).toEqual(sessionAfter(started, stopped));
    }
    const earlier = {
      ...stoppedEvent({ receivedAt: '2026-03-02T10:59:00.000Z', meterStop: 7000 }),
      fixed: {},
    };
    expect(sessionAfter(stopped, earlier)).toEqual(sessionAfter(earlier, stopped));
  });

  it('a session keeps the stop received first and reports the other', () => {
    const second = stoppedEvent({
      endedAt: '2026-03-02T11:30:00Z',
      receivedAt: '2026-03-02T11:30:01.000Z',
      meterStop: 8100,
      reason: 'PowerLoss',
    });

    const session = sessionAfter(startedEvent(), stoppedEvent(), second);

    expect(session?.stop).toEqual(stoppedEvent().stop);
    expect(session?.anomalies).toMatchObject([
      { code: 'SECOND_STOP', severity: 'warning', ref: '2026-03-02T11:30:00Z' },
    ]);
    expect(session?.anomalies[0]?.message).toContain('8100 Wh, PowerLoss');
  });

  it('a session keeps a stop as first stored if the same stop is stored again, whenever it was received', () => {
    const ended = sessionAfter(startedEvent(), stoppedEvent());

    for (const receivedAt of ['2026-03-02T11:00:00.000Z', '2026-03-02T11:00:02.000Z']) {
      expect(sessionAfter(startedEvent(), stoppedEvent(), stoppedEvent({ receivedAt }))).toEqual(
        ended,
      );
    }
  });

  it('of two different stops the one received first counts, in whatever order they were stored', () => {
    const same = { receivedAt: '2026-03-02T11:00:05.000Z', meterStop: 8100 };

    const [a, b] = [stoppedEvent(), stoppedEvent(same)];

    expect(sessionAfter(startedEvent(), b, a)).toEqual(sessionAfter(startedEvent(), a, b));
    expect(sessionAfter(startedEvent(), b, a)?.stop).toEqual(a.stop);
  });

  it('a session is kept if its token was not accepted, with an anomaly', () => {
    const session = sessionAfter(startedEvent({ authorization: 'Blocked' }));

    expect(session?.state).toBe('active');
    expect(codes(session)).toEqual(['TOKEN_NOT_ACCEPTED']);
    expect(session?.anomalies[0]?.message).toContain('Blocked');
  });

  it('a session is ended by the next one on its connector, and its CDR is held', () => {
    const session = sessionAfter(startedEvent(), supersededEvent);

    expect(session?.stop?.reason).toBe('Superseded');
    expect(session?.state).toBe('ended');
    expect(session?.anomalies).toMatchObject([{ code: 'SESSION_SUPERSEDED', severity: 'error' }]);
  });

  it('a superseded session takes over its real stop', () => {
    const session = sessionAfter(startedEvent(), supersededEvent, stoppedEvent());

    expect(session).toEqual(sessionAfter(startedEvent(), stoppedEvent()));
  });

  it('a session is superseded once, by the session received first', () => {
    const later = {
      ...supersededEvent,
      endedAt: '2026-03-02T10:50:00.000Z',
      receivedAt: '2026-03-02T12:00:01.000Z',
    };

    const session = sessionAfter(startedEvent(), later, supersededEvent, later);

    expect(session).toEqual(sessionAfter(startedEvent(), supersededEvent));
  });

  it('a session that was superseded after its stop does not end again', () => {
    expect(sessionAfter(startedEvent(), stoppedEvent(), supersededEvent)).toEqual(
      sessionAfter(startedEvent(), stoppedEvent()),
    );
  });

  it('a session is ended if there was no sign of it for long, and its CDR is held', () => {
    const session = sessionAfter(startedEvent(), abandonedEvent);

    expect(session).toMatchObject({
      state: 'ended',
      stop: { endedAt: '2026-03-02T10:30:00.000Z', reason: 'Abandoned' },
      anomalies: [{ code: 'SESSION_ABANDONED', severity: 'error' }],
    });
    expect(sessionAfter(startedEvent(), abandonedEvent, abandonedEvent)).toEqual(session);
  });

  it('an abandoned session takes over its real stop', () => {
    const session = sessionAfter(startedEvent(), stoppedEvent());

    expect(sessionAfter(startedEvent(), abandonedEvent, stoppedEvent())).toEqual(session);
    expect(sessionAfter(startedEvent(), stoppedEvent(), abandonedEvent)).toEqual(session);
  });

  it('a readable stop replaces an unreadable one, and the CDR is held until then', () => {
    const unreadable = stoppedEvent({ reason: 'Unreadable' });

    expect(codes(sessionAfter(startedEvent(), unreadable))).toEqual(['STOP_UNREADABLE']);
    expect(sessionAfter(startedEvent(), unreadable, stoppedEvent())).toEqual(
      sessionAfter(startedEvent(), stoppedEvent()),
    );
  });

  it('a session is superseded or abandoned, whichever was known first', () => {
    const session = sessionAfter(startedEvent(), supersededEvent, abandonedEvent);

    expect(session).toEqual(sessionAfter(startedEvent(), supersededEvent));
    expect(session).toEqual(sessionAfter(startedEvent(), abandonedEvent, supersededEvent));
  });

  it('superseding or abandoning an unknown session does not create it', () => {
    expect(sessionAfter(supersededEvent)).toBeUndefined();
    expect(sessionAfter(abandonedEvent)).toBeUndefined();
  });

  it('a session stays void whatever still arrives', () => {
    const active = sessionAfter(startedEvent());
    if (active === undefined) throw new Error('no session');

    expect(applySessionEvent({ ...active, state: 'void' }, stoppedEvent())?.state).toBe('void');
  });

  it('a session is the same whatever the order and the repetitions of its events', () => {
    const receivedAt = fc
      .integer({ min: 1, max: 9 })
      .map((second) => `2026-03-02T11:00:0${second}.000Z`);
    // The same stop stored twice keeps its first receipt (see above); here each stop has one.
    const receipts = fc.tuple(receivedAt, receivedAt, receivedAt);
    const eventOf = (stops: readonly string[]) =>
      fc.oneof(
        receivedAt.map((at) => ({ ...supersededEvent, receivedAt: at })),
        receivedAt.map((at) => ({ ...abandonedEvent, receivedAt: at })),
        fc
          .record({ receivedAt, meterStart: fc.constantFrom(1000, 1001) })
          .map((start) => startedEvent(start)),
        fc
          .nat({ max: 2 })
          .map((nth) => stoppedEvent({ receivedAt: stops[nth] ?? '', meterStop: 8000 + nth })),
      );
    const orders = receipts
      .chain((stops) => fc.array(eventOf(stops), { minLength: 1, maxLength: 6 }))
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
        ),
      );

    fc.assert(
      fc.property(orders, ([events, mixed]) => {
        // Being superseded makes no session, so what begins it comes first.
        const first = startedEvent({ receivedAt: '2026-03-02T11:00:09.999Z', meterStart: 999 });
        expect(sessionAfter(first, ...mixed)).toEqual(sessionAfter(first, ...events));
      }),
      { numRuns: 300 },
    );
  });
});
