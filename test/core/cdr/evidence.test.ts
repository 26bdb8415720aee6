import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  connectorWindow,
  couldCount,
  type EvidenceMessage,
  type EvidenceSession,
  keptTime,
  lateness,
} from '../../../core/cdr/evidence.ts';
import { ownTimeOf, reportTimeOf } from '../../../core/metering/points/charger-time.ts';

const time = (hour: number) => `2026-04-14T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** A session from 10 to 12 whose stop we received at 13. */
const stored: EvidenceSession = {
  session: {
    timeZone: 'UTC',
    start: {
      startedAt: time(10),
      receivedAt: time(10),
      tokenId: 'TAG',
      authorization: 'Accepted',
    },
    stop: { endedAt: time(12), receivedAt: time(13), reason: 'Local' },
  },
};
const { stop: _none, ...unstopped } = stored.session;
const running: EvidenceSession = { session: unstopped };

const messageOf = (change: Partial<EvidenceMessage>): EvidenceMessage => ({
  kind: 'meter',
  sessionId: 'ses_1',
  at: time(11),
  receivedAt: time(13),
  ...change,
});

const ofConnector = (at: string): EvidenceMessage => ({
  kind: 'status',
  at,
  receivedAt: time(15),
});

describe('which messages count for a CDR', () => {
  it('messages stored after the last event of a session are late, except its own stop', () => {
    const isLate = lateness(stored);

    expect(isLate(messageOf({}))).toBe(false);
    expect(isLate(messageOf({ receivedAt: time(14) }))).toBe(true);
    expect(isLate(messageOf({ keptAt: time(14) }))).toBe(true);
    expect(isLate(messageOf({ at: time(12), kind: 'stop', receivedAt: time(14) }))).toBe(false);
    expect(isLate(messageOf({ at: time(11), kind: 'stop', receivedAt: time(14) }))).toBe(true);
  });

  it('a stop that names no transaction belongs to no session', () => {
    const { sessionId: _none, ...stop } = messageOf({ at: time(12), kind: 'stop' });

    expect(couldCount(stop, stored)).toBe(false);
    expect(lateness(stored)({ ...stop, receivedAt: time(14) })).toBe(true);
  });

  it('a start or stop that waited in a queue is the last event of its session when it is stored', () => {
    const isLate = lateness({ ...stored, keptAt: time(14) });

    expect(isLate(messageOf({ receivedAt: time(14) }))).toBe(false);
    expect(isLate(messageOf({ receivedAt: time(15) }))).toBe(true);
  });

  it('a start that arrived after its own stop is the last event of its session', () => {
    const { start } = stored.session;
    const lateStart = start && { ...start, receivedAt: time(15) };
    const session = { ...stored.session, ...(lateStart && { start: lateStart }) };

    expect(lateness({ session })(messageOf({ receivedAt: time(15) }))).toBe(false);
    expect(lateness({ session })(messageOf({ receivedAt: time(16) }))).toBe(true);
  });

  it('late messages count up to the time until which they were admitted, but no other stop does', () => {
    const isLate = lateness({ ...stored, lateUntil: time(15) });

    expect(isLate(messageOf({ receivedAt: time(15) }))).toBe(false);
    expect(isLate(messageOf({ receivedAt: time(16) }))).toBe(true);
    expect(isLate(messageOf({ kind: 'stop', receivedAt: time(15) }))).toBe(true);
    expect(isLate(ofConnector(time(11)))).toBe(false);
    expect(isLate(ofConnector(time(12)))).toBe(true);
  });

  it('the time of a sealed CDR takes precedence over the time until which messages were admitted', () => {
    const isLate = lateness({ ...stored, lateUntil: time(15) }, { until: time(17) });

    expect(isLate(messageOf({ receivedAt: time(17) }))).toBe(false);
    expect(isLate(messageOf({ receivedAt: time(18) }))).toBe(true);
  });

  it('the decision of an operator is the last event, whatever was admitted', () => {
    const isLate = lateness({
      ...stored,
      decision: { decidedAt: time(14) },
      lateUntil: time(20),
    });

    expect(isLate(messageOf({ receivedAt: time(14) }))).toBe(false);
    expect(isLate(messageOf({ receivedAt: time(15) }))).toBe(true);
    expect(isLate(messageOf({ at: time(12), kind: 'stop', receivedAt: time(15) }))).toBe(true);
  });

  it('a sealed CDR includes the messages that it counted, whenever they arrived', () => {
    const isLate = lateness(stored, { isCounted: ({ receivedAt }) => receivedAt === time(20) });

    expect(isLate(messageOf({ receivedAt: time(20) }))).toBe(false);
    expect(isLate(messageOf({ receivedAt: time(11) }))).toBe(true);
  });

  it('nothing is late for an active session', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), (hour) => {
        expect(lateness(running)(messageOf({ receivedAt: time(hour) }))).toBe(false);
      }),
    );
  });

  it('a late message could change a bill, unless it belongs to another stop or to the very end', () => {
    expect(couldCount(messageOf({ at: time(12) }), stored)).toBe(true);
    expect(couldCount(messageOf({ at: time(12), kind: 'stop' }), stored)).toBe(true);
    expect(couldCount(messageOf({ kind: 'stop' }), stored)).toBe(false);
    expect(couldCount(ofConnector(time(11)), stored)).toBe(true);
    expect(couldCount(ofConnector(time(12)), stored)).toBe(false);
    expect(couldCount(ofConnector(time(23)), running)).toBe(true);
  });

  it('the messages of a connector belong to a session from its start to its stop', () => {
    expect(connectorWindow(stored)).toEqual({ from: time(10), to: time(12) });
    expect(connectorWindow(running)).toEqual({ from: time(10), to: '9999' });
    expect(connectorWindow({ session: { timeZone: 'UTC' } })).toBeUndefined();
  });

  it('a session and what its connector reports are dated by one rule, whatever zone its times are in and whatever clock runs ahead', () => {
    const { start, stop } = stored.session;
    if (start === undefined || stop === undefined) throw new Error('The session has both ends');
    const timeZone = 'Europe/Berlin';
    const local = {
      timeZone,
      start: { ...start, startedAt: '2026-04-14T12:00:00' },
      stop: { ...stop, endedAt: '2026-04-14T14:00:00' },
    };
    const ahead = { ...local, stop: { ...stop, endedAt: '2036-02-07T06:28:15Z' } };

    expect(connectorWindow({ session: local })).toEqual({ from: time(10), to: time(12) });
    expect(couldCount(ofConnector(time(11)), { session: local })).toBe(true);
    expect(couldCount(ofConnector(time(13)), { session: local })).toBe(false);
    expect(connectorWindow({ session: ahead })).toEqual({ from: time(10), to: time(13) });
    expect(reportTimeOf('2036-02-07T06:28:15Z', Date.parse(time(11)), timeZone)).toBe(time(11));
    expect(reportTimeOf('2026-04-14T13:00:00', Date.parse(time(15)), timeZone)).toBe(time(11));
  });

  it('a session of the night in which an hour happens twice reaches from its start to its stop, though local times go back', () => {
    const { start, stop } = stored.session;
    if (start === undefined || stop === undefined) throw new Error('The session has both ends');
    const session = {
      timeZone: 'Europe/Berlin',
      start: {
        ...start,
        startedAt: '2026-10-25T02:40:00',
        receivedAt: '2026-10-25T00:40:01.000Z',
      },
      stop: { ...stop, endedAt: '2026-10-25T02:10:00', receivedAt: '2026-10-25T01:10:01.000Z' },
    };

    expect(connectorWindow({ session })).toEqual({
      from: '2026-10-25T00:40:00.000Z',
      to: '2026-10-25T01:10:00.000Z',
    });
  });

  it('a message of an hour that happens twice has the same time whenever it comes', () => {
    const [first, second] = ['2026-10-25T00:31:00Z', '2026-10-25T05:00:00Z'].map(Date.parse);
    for (const received of [first, second]) {
      expect(ownTimeOf('2026-10-25T02:30:00', received ?? 0, 'Europe/Berlin')).toBe(
        '2026-10-25T00:30:00.000Z',
      );
    }
    expect(ownTimeOf('2026-03-29T02:30:00', 0, 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
  });

  it('a message is stored when it is received, unless it had to wait', () => {
    expect(keptTime(messageOf({}))).toBe(time(13));
    expect(keptTime(messageOf({ keptAt: time(14) }))).toBe(time(14));
  });
});
