import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkStarts } from '../../../core/command/link-starts.ts';
import { type SentStart, startsSession } from '../../../core/command/starts-session.ts';
import { requestNumber } from '../../../core/ocpp/request-number.ts';
import type { Session } from '../../../core/session/session.ts';
import { at, sessionAt } from './session-at.ts';

const start = (n: number, minute: number, connectorId?: number): SentStart => ({
  request: {
    type: 'start',
    tokenId: 'ADA',
    ...(connectorId === undefined ? {} : { connector: { evseId: connectorId, connectorId } }),
  },
  sequence: `start${String(n).padStart(3, '0')}`,
  sentAt: at(minute),
  outcome: { kind: 'accepted' },
});

const session = (n: number, minute: number, connectorId: number, by?: SentStart): Session =>
  sessionAt(
    minute,
    {
      sessionId: `ses_${n}`,
      evseId: connectorId,
      connectorId,
      ...(by === undefined ? {} : { remoteStartId: requestNumber(by.sequence) }),
    },
    'ADA',
  );

/** Starts and sessions of one token at a charger, at any time and place, some of which the charger says it began. */
const anything = fc
  .record({
    starts: fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(undefined, 1, 2)), {
      maxLength: 6,
    }),
    sessions: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom(1, 2),
        fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      ),
      { maxLength: 6 },
    ),
  })
  .map(({ starts, sessions }) => {
    const made = starts.map(([minute, place], n) => start(n, minute, place));
    return {
      starts: made,
      sessions: sessions.map(([minute, place, by], n) =>
        session(n, minute, place, by === undefined ? undefined : made[by]),
      ),
    };
  });

describe('starts and the sessions that they began', () => {
  it('no session is that of two starts, none is linked with a start that cannot have begun it, and what the charger says holds', () => {
    fc.assert(
      fc.property(anything, ({ starts, sessions }) => {
        const links = linkStarts(starts, sessions);
        expect(new Set(links.values()).size).toBe(links.size);
        for (const [sequence, sessionId] of links) {
          const cause = starts.find((one) => one.sequence === sequence);
          const began = sessions.find((one) => one.sessionId === sessionId);
          if (cause === undefined || began === undefined) throw new Error('Nobody knows them.');
          const isSaid = began.remoteStartId !== undefined;
          expect(startsSession(cause, began)).toBe(isSaid ? 'named' : 'likely');
        }
      }),
      { numRuns: 200 },
    );
  });

  it('order and repetition of what is known change nothing', () => {
    const shuffled = anything.chain(({ starts, sessions }) =>
      fc.record({
        starts: fc.constant(starts),
        sessions: fc.constant(sessions),
        again: fc.shuffledSubarray([...starts, ...starts], { minLength: 2 * starts.length }),
        sessionsAgain: fc.shuffledSubarray([...sessions, ...sessions], {
          minLength: 2 * sessions.length,
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ starts, sessions, again, sessionsAgain }) => {
        expect([...linkStarts(again, sessionsAgain)].sort()).toEqual(
          [...linkStarts(starts, sessions)].sort(),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('at each connector a start that names it is linked with the session that it began, also after starts that began none', () => {
    const attempts = fc.array(
      fc.record({
        connectorId: fc.constantFrom(1, 2),
        pause: fc.integer({ min: 1, max: 15 }),
        takes: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(attempts, (all) => {
        const clock = { minute: 0 };
        const truth = new Map<string, string>();
        const [starts, sessions]: [SentStart[], Session[]] = [[], []];
        for (const [n, { connectorId, pause, takes }] of all.entries()) {
          const sent = start(n, clock.minute, connectorId);
          starts.push(sent);
          if (takes !== undefined) {
            clock.minute += takes;
            sessions.push(session(n, clock.minute, connectorId));
            truth.set(sent.sequence, `ses_${n}`);
          }
          clock.minute += pause;
        }
        expect([...linkStarts(starts, sessions)].sort()).toEqual([...truth].sort());
      }),
      { numRuns: 100 },
    );
  });

  it('two accepted starts of one token without a connector are linked with a session each, in their order', () => {
    const links = linkStarts([start(1, 0), start(2, 1)], [session(1, 2, 1), session(2, 3, 2)]);
    expect([...links].sort()).toEqual([
      ['start001', 'ses_1'],
      ['start002', 'ses_2'],
    ]);
  });

  it('of two accepted starts and one session, the later start is its cause, and the other has none', () => {
    expect([...linkStarts([start(1, 0, 1), start(2, 1, 1)], [session(1, 2, 1)])]).toEqual([
      ['start002', 'ses_1'],
    ]);
  });
});
