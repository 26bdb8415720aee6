import { describe, expect, it } from 'vitest';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import { noteLateEvent } from '../../../core/session/note-late-event.ts';
import type { Session } from '../../../core/session/session.ts';
import type { SessionEvent } from '../../../core/session/session-event.ts';
import { abandonedEvent, startedEvent, stoppedEvent, supersededEvent } from './session-samples.ts';

const sessionOf = (...events: readonly SessionEvent[]): Session => {
  const session = events.reduce<Session | undefined>(applySessionEvent, undefined);
  if (session === undefined) throw new Error('no session');
  return session;
};

const whole = sessionOf(startedEvent(), stoppedEvent());
const superseded = sessionOf(startedEvent(), supersededEvent);
const orphan = sessionOf(stoppedEvent());

/** New anomalies of a session after an event; everything else must be unchanged. */
const told = (session: Session, event: SessionEvent, billed?: bigint): readonly string[] => {
  const { anomalies, ...facts } = noteLateEvent(session, event, billed);
  const { anomalies: before, ...factsBefore } = session;
  expect(facts).toEqual(factsBefore);
  expect(anomalies).toEqual(expect.arrayContaining([...before]));
  return anomalies.filter((one) => !before.includes(one)).map(({ code }) => code);
};

describe('a session whose CDR is decided or sealed', () => {
  it('a session with a decided or sealed CDR ignores the repetition of its start and stop', () => {
    const receivedAt = '2026-03-05T00:00:00.000Z';

    expect(told(whole, startedEvent({ receivedAt }))).toEqual([]);
    expect(told(whole, stoppedEvent({ receivedAt }))).toEqual([]);
  });

  it('a session with a decided or sealed CDR reports another start and another stop, even ones received first', () => {
    const receivedAt = '2026-03-01T00:00:00.000Z';

    expect(told(whole, startedEvent({ receivedAt, meterStart: 1 }))).toEqual(['LATE_START']);
    expect(told(whole, stoppedEvent({ receivedAt, meterStop: 8000, reason: 'Remote' }))).toEqual([
      'SECOND_STOP',
    ]);
  });

  it('a session with a decided or sealed CDR asks a person about a stop that is more than a tenth of its energy and 100 Wh away', () => {
    const late = (meterStop: number) => told(whole, stoppedEvent({ meterStop }), 7_000_000n);

    for (const meterStop of [1, 1000, 7200, 8801, 15_000]) {
      expect(late(meterStop)).toEqual(['LATE_STOP', 'SECOND_STOP']);
    }
    for (const meterStop of [-1, 7500, 8800]) expect(late(meterStop)).toEqual(['SECOND_STOP']);
    expect(told(whole, stoppedEvent({ meterStop: 8101 }))).toEqual(['LATE_STOP', 'SECOND_STOP']);
  });

  it('a session with a decided or sealed CDR keeps its assigned end', () => {
    expect(told(superseded, stoppedEvent())).toEqual(['SECOND_STOP']);
    expect(
      told(superseded, { ...supersededEvent, receivedAt: '2026-03-01T00:00:00.000Z' }),
    ).toEqual([]);
    expect(told(superseded, abandonedEvent)).toEqual([]);
  });

  it('a session with a decided or sealed CDR stays without a start, even if that arrives', () => {
    expect(told(orphan, startedEvent())).toEqual(['LATE_START']);
  });

  it('a session with a decided or sealed CDR reports the same event once', () => {
    const once = noteLateEvent(superseded, stoppedEvent());

    expect(noteLateEvent(once, stoppedEvent())).toEqual(once);
    expect(once.anomalies.find(({ code }) => code === 'SECOND_STOP')?.message).toContain('8000 Wh');
  });
});
