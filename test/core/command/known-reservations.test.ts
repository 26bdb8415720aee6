import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import {
  type AroundReservations,
  type KnownReservation,
  knownReservations,
} from '../../../core/command/known-reservations.ts';
import type { TimedCommand } from '../../../core/command/log-uploads.ts';
import type { Session } from '../../../core/session/session.ts';
import { at, sessionAt } from './session-at.ts';

const accepted = { kind: 'accepted' } as const;

const answered = (
  minute: number,
  request: CommandRequest,
  outcome: CommandOutcome = accepted,
): TimedCommand => ({ request, outcome, createdAt: at(minute), finishedAt: at(minute) });

const reserve = (overrides: Partial<Extract<CommandRequest, { type: 'reserve' }>> = {}) =>
  ({
    type: 'reserve',
    reservationId: 7,
    connector: { evseId: 2, connectorId: 1 },
    tokenId: 'ADA',
    expiresAt: at(30),
    ...overrides,
  }) as const;

const update = (minute: number, word: string, reservationId = 7) => ({
  receivedAt: at(minute),
  raw: JSON.stringify({ reservationId, reservationUpdateStatus: word }),
});

const cancel = (minute: number, outcome?: CommandOutcome) =>
  answered(minute, { type: 'cancel-reservation', reservationId: 7 }, outcome);

const reservation = (
  commands: readonly TimedCommand[],
  around: Partial<AroundReservations> = {},
  now = at(20),
): KnownReservation | undefined =>
  knownReservations(commands, { messages: [], sessions: [], connectors: [], now, ...around })[0];

const made = answered(0, reserve());

describe('the reservations of a charger', () => {
  it('a reservation that the charger confirmed is active until its time is over', () => {
    expect(reservation([made])).toMatchObject({ state: 'active', reservedAt: at(0) });
    expect(reservation([made])).not.toHaveProperty('endedAt');
    expect(reservation([made], {}, at(30))).toMatchObject({ state: 'expired', endedAt: at(30) });
  });

  it('a reservation that the charger refused, or never answered, is none', () => {
    const word = { kind: 'rejected', reason: 'occupied', word: 'Occupied' } as const;
    expect(reservation([answered(0, reserve(), word)])).toBeUndefined();
    expect(reservation([{ request: reserve(), createdAt: at(0) }])).toBeUndefined();
  });

  it('a session that names the reservation uses it, whoever charges and wherever', () => {
    const other = sessionAt(5, { reservationId: 7, evseId: 1 }, 'MUM');
    expect(reservation([made], { sessions: [other] })).toMatchObject({
      state: 'used',
      endedAt: at(5),
      sessionId: 'ses_5',
    });
  });

  it('a session that names no reservation uses the one of its token at its place, and no other', () => {
    const stateOf = (one: Session, of = made) => reservation([of], { sessions: [one] })?.state;
    expect(stateOf(sessionAt(5))).toBe('used');
    expect(stateOf(sessionAt(5, { evseId: 1 }))).toBe('active');
    expect(stateOf(sessionAt(5, {}, 'BOB'))).toBe('active');
    expect(stateOf(sessionAt(5, { reservationId: 8 }))).toBe('active');
    expect(stateOf(sessionAt(-5))).toBe('active');
    const any = answered(0, reserve({ connector: { evseId: 0, connectorId: 0 } }));
    expect(stateOf(sessionAt(5, { evseId: 1 }), any)).toBe('used');
  });

  it('a cancellation ends it, and one that is refused says that the charger has it no more', () => {
    expect(reservation([cancel(4), made])).toMatchObject({ state: 'cancelled', endedAt: at(4) });
    const no = { kind: 'rejected', reason: 'rejected', word: 'Rejected' } as const;
    expect(reservation([cancel(4, no), made])?.state).toBe('removed');
    const error = { kind: 'failed', reason: 'internal', code: 'x', description: '' } as never;
    expect(reservation([cancel(4, error), made])?.state).toBe('active');
  });

  it('the charger says that it expired or was removed, and its word about another one changes nothing', () => {
    const stateOf = (message: ReturnType<typeof update>) =>
      reservation([made], { messages: [message] })?.state;
    expect(stateOf(update(9, 'Expired'))).toBe('expired');
    expect(stateOf(update(9, 'Removed'))).toBe('removed');
    expect(stateOf(update(9, 'Removed', 8))).toBe('active');
    expect(stateOf({ receivedAt: at(9), raw: '{' })).toBe('active');
  });

  it('a number that is reserved again is in force, whatever ended the reservation before', () => {
    const again = answered(10, reserve());
    const messages = [update(6, 'Removed')];
    const commands = [again, cancel(4), made];
    expect(reservation(commands, { messages })).toMatchObject({ state: 'active' });
    expect(reservation([made], { messages })).toMatchObject({ state: 'removed', endedAt: at(6) });
  });

  it('a connector that has been reported as available since is reserved no more', () => {
    const stateOf = (minute: number, status: 'available' | 'reserved' | 'charging', evseId = 2) =>
      reservation([made], {
        connectors: [{ evseId, connectorId: 1, status, statusReceivedAt: at(minute) }],
      })?.state;
    expect(stateOf(3, 'reserved')).toBe('active');
    expect(stateOf(3, 'charging')).toBe('active');
    expect(stateOf(3, 'available')).toBe('released');
    expect(stateOf(3, 'available', 1)).toBe('active');
    expect(stateOf(-3, 'available')).toBe('active');
  });

  it('the order of what was said and done does not change how a reservation ended: what came first ended it', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 1, max: 29 }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(minutes, fc.boolean(), ([a = 1, b = 2, c = 3], isFree) => {
        const around = {
          messages: [update(a, 'Removed'), update(29, 'Expired')],
          sessions: [sessionAt(b)],
          connectors: isFree
            ? [
                {
                  evseId: 2,
                  connectorId: 1,
                  status: 'available' as const,
                  statusReceivedAt: at(1),
                },
              ]
            : [],
        };
        const found = reservation([cancel(c), made], around, at(59));
        const first = Math.min(a, b, c);
        expect(found?.endedAt).toBe(at(first));
        expect(found?.state).toBe(first === a ? 'removed' : first === b ? 'used' : 'cancelled');
        const reversed = {
          ...around,
          messages: around.messages.toReversed(),
          sessions: [sessionAt(b), sessionAt(40)].toReversed(),
        };
        expect(reservation([cancel(c), made], reversed, at(59))).toEqual(found);
      }),
    );
  });
});
