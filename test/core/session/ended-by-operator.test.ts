import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeSession } from '../../../core/cdr/change-session.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import { isOurStop } from '../../../core/session/is-our-stop.ts';
import type { Session } from '../../../core/session/session.ts';
import type { SessionEndedByOperator, SessionEvent } from '../../../core/session/session-event.ts';
import { abandonedEvent, startedEvent, stoppedEvent, supersededEvent } from './session-samples.ts';

const sessionAfter = (...events: readonly SessionEvent[]): Session | undefined =>
  events.reduce<Session | undefined>(applySessionEvent, undefined);

const byHand = { reason: 'Taken away.', apiKeyId: 'key1', name: 'Desk' };

const ended = (receivedAt = '2026-03-02T12:15:00.000Z'): SessionEndedByOperator => ({
  kind: 'endedByOperator',
  endedAt: '2026-03-02T10:50:00.000Z',
  receivedAt,
  byHand,
});

const stopMissing: SessionEvent = {
  kind: 'stopMissing',
  endedAt: '2026-03-02T10:50:00.000Z',
  receivedAt: '2026-03-02T12:30:00.000Z',
};

/** All that may end a session without its stop. */
const endsOfOurs = fc.array(
  fc.oneof(
    fc.constantFrom('2026-03-02T12:00:00.000Z', '2026-03-02T13:00:00.000Z').map(ended),
    fc.constantFrom<SessionEvent>(supersededEvent, abandonedEvent, stopMissing),
  ),
  { maxLength: 5 },
);

describe('a session that an operator ends by hand', () => {
  it('the session ends when the operator says, with who ended it and why, and is not held for that', () => {
    const { endedAt, receivedAt } = ended();

    expect(sessionAfter(startedEvent(), ended())).toStrictEqual({
      ...sessionAfter(startedEvent()),
      state: 'ended',
      stop: { endedAt, receivedAt, reason: 'EndedByOperator', byHand },
      anomalies: [anomalyOf('ENDED_BY_OPERATOR', endedAt)],
    });
    expect(anomalyOf('ENDED_BY_OPERATOR').severity).toBe('warning');
  });

  it('the first who ends it does, whatever else ends sessions without a stop afterwards', () => {
    fc.assert(
      fc.property(endsOfOurs, (others) => {
        expect(sessionAfter(startedEvent(), ended(), ...others)).toEqual(
          sessionAfter(startedEvent(), ended()),
        );
      }),
    );
  });

  it('its own stop takes over whenever it comes, and nothing says any more that anybody ended it', () => {
    fc.assert(
      fc.property(endsOfOurs, endsOfOurs, (before, after) => {
        expect(
          sessionAfter(startedEvent(), ...before, ended(), stoppedEvent(), ...after, ended()),
        ).toEqual(sessionAfter(startedEvent(), stoppedEvent()));
      }),
    );
  });

  it('a session that has ended is not ended by hand, nor is one that never was', () => {
    for (const end of [stoppedEvent(), supersededEvent, abandonedEvent, stopMissing]) {
      expect(sessionAfter(startedEvent(), end, ended())).toEqual(sessionAfter(startedEvent(), end));
    }
    expect(sessionAfter(ended())).toBeUndefined();
  });

  it('a sealed CDR gives way to the stop of its charger, and to no other end', () => {
    const session = sessionAfter(startedEvent(), ended());
    if (session?.stop === undefined) throw new Error('no end');
    const sealed = { session, result: { cdrSequence: 1 } };

    expect(isOurStop(session.stop)).toBe(true);
    expect(changeSession(sealed, stoppedEvent())?.stop).toEqual(stoppedEvent().stop);
    for (const end of [supersededEvent, abandonedEvent, stopMissing, ended('2026-03-03')]) {
      expect(changeSession(sealed, end)).toBeUndefined();
    }
  });
});
