import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import type { PresentedToken } from '../../../core/session/present-token.ts';
import type { Session } from '../../../core/session/session.ts';
import type { SessionEvent, SessionStarted } from '../../../core/session/session-event.ts';
import {
  abandonedEvent,
  identity,
  startedEvent,
  stoppedEvent,
  supersededEvent,
} from './session-samples.ts';

const sessionAfter = (...events: readonly SessionEvent[]): Session | undefined =>
  events.reduce<Session | undefined>(applySessionEvent, undefined);

/** A start without a token, at an EVSE that is not known yet. */
const bareStart = (place = { evseId: 0, connectorId: 0 }): SessionStarted => {
  const { accountId: _none, ...start } = startedEvent({
    tokenId: '',
    authorization: 'None',
  }).start;
  const tariffs = {
    charger: 'tar1',
    connectors: [
      { evseId: 2, connectorId: 2, tariffId: 'tar2' },
      { evseId: 1, connectorId: 2, tariffId: 'tar3' },
    ],
  };
  return {
    kind: 'started',
    identity: { ...identity, ...place },
    start,
    fixed: { tariffs, tariffId: 'tar1' },
  };
};

const presented = (at: string, tokenId: string): SessionEvent => ({
  kind: 'tokenPresented',
  token: { at, tokenId, authorization: 'Accepted' },
});

const placedAt = (evseId: number, connectorId: number): SessionEvent => ({
  kind: 'placed',
  place: { evseId, connectorId },
});

const stopMissing = (receivedAt = '2026-03-02T12:15:00.000Z'): SessionEvent => ({
  kind: 'stopMissing',
  endedAt: '2026-03-02T10:50:00.000Z',
  receivedAt,
});

describe('a session whose stop is missing', () => {
  it('a session ends at its last reading once its stop is missing, and says so', () => {
    expect(sessionAfter(startedEvent(), stopMissing())).toStrictEqual({
      ...sessionAfter(startedEvent()),
      state: 'ended',
      stop: {
        endedAt: '2026-03-02T10:50:00.000Z',
        receivedAt: '2026-03-02T12:15:00.000Z',
        reason: 'StopMissing',
      },
      anomalies: [anomalyOf('STOP_MISSING', '2026-03-02T10:50:00.000Z')],
    });
  });

  it('a session that another one replaced keeps its end, and is billed by its readings from then on', () => {
    const { endedAt, receivedAt } = supersededEvent;

    const session = sessionAfter(startedEvent(), supersededEvent, stopMissing());

    expect(session?.stop).toStrictEqual({ endedAt, receivedAt, reason: 'StopMissing' });
    expect(session?.anomalies).toStrictEqual([anomalyOf('STOP_MISSING', endedAt)]);
    expect(sessionAfter(startedEvent(), supersededEvent, stopMissing(), supersededEvent)).toEqual(
      session,
    );
  });

  it('an end that says its stop is missing stays, whatever else ends the session without a stop', () => {
    const session = sessionAfter(startedEvent(), stopMissing());
    const early = { receivedAt: '2026-03-02T12:00:00.000Z' };

    expect(
      sessionAfter(
        startedEvent(),
        stopMissing(),
        { ...abandonedEvent, ...early },
        { ...supersededEvent, ...early },
        stopMissing('2026-03-02T12:00:00.000Z'),
      ),
    ).toEqual(session);
  });

  it('its own stop takes over, and nothing says any more that it was missing', () => {
    expect(sessionAfter(startedEvent(), stopMissing(), stoppedEvent())).toEqual(
      sessionAfter(startedEvent(), stoppedEvent()),
    );
    expect(sessionAfter(startedEvent(), stoppedEvent(), stopMissing())).toEqual(
      sessionAfter(startedEvent(), stoppedEvent()),
    );
    expect(sessionAfter(startedEvent(), abandonedEvent, stopMissing())).toEqual(
      sessionAfter(startedEvent(), abandonedEvent),
    );
  });

  it('an unknown session does not begin by lacking its stop, a token or a place', () => {
    expect(sessionAfter(stopMissing(), presented('2026', 'A'), placedAt(1, 1))).toBeUndefined();
  });
});

describe('a session that began without a token', () => {
  it('nobody has presented a token at first, which its anomaly says', () => {
    expect(sessionAfter(bareStart())?.anomalies).toStrictEqual([
      anomalyOf('TOKEN_NOT_ACCEPTED', '2026-03-02T10:00:00Z', 'Nobody has presented one.'),
    ]);
  });

  it('a session takes the token that was presented for it, with its account, promo code and price list', () => {
    const token: PresentedToken = {
      at: '2026-03-02T10:00:30.000Z',
      tokenId: 'CARD2',
      authorization: 'Accepted',
      accountId: 'acc2',
      promoCode: 'SPRING',
      tariffIds: { tar1: 'tar9' },
    };
    const { at: tokenAt, ...rest } = token;
    const own = bareStart();

    const session = sessionAfter(own, { kind: 'tokenPresented', token });

    expect(session?.start).toStrictEqual({ ...own.start, ...rest, tokenAt });
    expect(session?.anomalies).toEqual([]);
    expect(sessionAfter(own, { kind: 'tokenPresented', token }, own)).toStrictEqual(session);
    const received = '2026-03-02T09:59:00.000Z';
    const earlier = { ...own, start: { ...own.start, receivedAt: received } };
    expect(sessionAfter(own, { kind: 'tokenPresented', token }, earlier)?.start).toStrictEqual({
      ...session?.start,
      receivedAt: received,
    });
  });

  it('nothing of a token remains in a session when another one turns out to be presented first', () => {
    const late: SessionEvent = {
      kind: 'tokenPresented',
      token: {
        at: '2026-03-02T10:01:00.000Z',
        tokenId: 'B',
        authorization: 'Accepted',
        accountId: 'acc2',
        promoCode: 'SPRING',
        tariffIds: {},
      },
    };
    const { meterStart: _none, ...start } = bareStart().start;
    const bare = { ...bareStart(), start };

    const session = sessionAfter(bare, late, presented('2026-03-02T10:00:59.000Z', 'C'));

    expect(session?.start).toStrictEqual({
      ...start,
      tokenId: 'C',
      authorization: 'Accepted',
      tokenAt: '2026-03-02T10:00:59.000Z',
    });
  });

  it('the token in the start itself counts, whatever is presented later', () => {
    const session = sessionAfter(startedEvent());

    expect(sessionAfter(startedEvent(), presented('2026-03-02T09:00:00.000Z', 'X'))).toEqual(
      session,
    );
    expect(
      sessionAfter(stoppedEvent(), presented('2026-03-02T09:00:00.000Z', 'X'))?.start,
    ).toBeUndefined();
  });
});

describe('a session that began without a place', () => {
  it('a session is where a later message says, and has the tariff of that connector', () => {
    const session = sessionAfter(bareStart(), placedAt(2, 2));

    expect(session).toMatchObject({ evseId: 2, connectorId: 2, tariffId: 'tar2' });
    expect(sessionAfter(bareStart(), placedAt(2, 1))).toMatchObject({
      evseId: 2,
      connectorId: 1,
      tariffId: 'tar1',
    });
    expect(sessionAfter(bareStart(), placedAt(2, 1), placedAt(2, 2))).toEqual(session);
    expect(sessionAfter(bareStart(), placedAt(2, 2), placedAt(2, 1))).toEqual(session);
  });

  it('a session whose connector is known stays there', () => {
    const session = sessionAfter(bareStart({ evseId: 2, connectorId: 2 }));

    for (const place of [placedAt(1, 3), placedAt(0, 3), placedAt(0, 0), placedAt(2, 1)]) {
      expect(sessionAfter(bareStart({ evseId: 2, connectorId: 2 }), place)).toEqual(session);
    }
    expect(sessionAfter(bareStart(), placedAt(0, 3))).toEqual(sessionAfter(bareStart()));
  });

  it('a message that names the EVSE alone means its first connector, and another one counts over that, in any order', () => {
    const stopAt = (connectorId: number): SessionEvent => ({
      ...stoppedEvent(),
      identity: { ...identity, evseId: 2, connectorId },
    });
    const startAt = (connectorId: number) => bareStart({ evseId: 2, connectorId });

    expect(sessionAfter(startAt(1), stopAt(2))?.connectorId).toBe(2);
    expect(sessionAfter(startAt(2), stopAt(1))?.connectorId).toBe(2);
    expect(sessionAfter(stopAt(1), startAt(2))?.connectorId).toBe(2);
    expect(sessionAfter(stopAt(2), startAt(1))?.connectorId).toBe(2);
  });

  it('the session that was open on its connector is the previous one from then on', () => {
    const place = { evseId: 2, connectorId: 2 };

    expect(
      sessionAfter(bareStart(), { kind: 'placed', place, previousSessionId: 'ses_1' }),
    ).toMatchObject({ previousSessionId: 'ses_1' });
    expect(sessionAfter(bareStart(), { kind: 'placed', place })).not.toHaveProperty(
      'previousSessionId',
    );
  });

  it('no connector and no charger has a tariff: the session has none, and keeps what it may have', () => {
    const bare = bareStart();
    const tariffs = { connectors: [{ evseId: 1, connectorId: 1, tariffId: 'tar2' }] };

    const session = sessionAfter({ ...bare, fixed: { tariffs } }, placedAt(2, 2));

    expect(session).not.toHaveProperty('tariffId');
    expect(session?.tariffs).toEqual(tariffs);
    expect(sessionAfter({ ...bare, fixed: { tariffs } }, placedAt(1, 1))?.tariffId).toBe('tar2');
  });
});

describe('a session that learns its token and its place late', () => {
  it('a session is the same whatever the order and the repetitions of tokens and places', () => {
    const times = fc.constantFrom('2026-03-02T10:00:10.000Z', '2026-03-02T10:00:20.000Z');
    const events = fc.array(
      fc.oneof(
        fc.tuple(times, fc.constantFrom('A', 'B', 'C')).map(([at, id]) => presented(at, id)),
        fc.constantFrom(placedAt(2, 1), placedAt(2, 2), placedAt(0, 0)),
        fc.constant(bareStart()),
        fc.constant(stoppedEvent()),
      ),
      { minLength: 1, maxLength: 6 },
    );
    const orders = events.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }),
      ),
    );

    fc.assert(
      fc.property(orders, ([all, mixed]) => {
        expect(sessionAfter(bareStart(), ...mixed)).toEqual(sessionAfter(bareStart(), ...all));
      }),
      { numRuns: 200 },
    );
  });

  it('an anomaly of its start is recorded once, and not for a start that does not count', () => {
    const clock = [anomalyOf('TS_EPOCH', '2026-03-02T10:00:00Z')];
    const noticed = { ...startedEvent(), anomalies: clock };
    const other = { ...startedEvent({ meterStart: 7, receivedAt: '2027' }), anomalies: clock };

    const session = sessionAfter(noticed);

    expect(session?.anomalies).toEqual(clock);
    expect(sessionAfter(noticed, noticed)).toEqual(session);
    expect(
      sessionAfter(startedEvent({ authorization: 'Blocked' }), {
        ...startedEvent({ authorization: 'Blocked' }),
        anomalies: clock,
      })
        ?.anomalies.map(({ code }) => code)
        .toSorted(),
    ).toEqual(['TOKEN_NOT_ACCEPTED', 'TS_EPOCH']);
    expect(sessionAfter(startedEvent(), other)?.anomalies.map(({ code }) => code)).toEqual([
      'SECOND_START',
    ]);
  });
});
