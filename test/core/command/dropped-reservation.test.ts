import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import {
  type Dropped,
  droppedReservation,
  numberOfEnded,
} from '../../../core/command/dropped-reservation.ts';
import type { TimedCommand } from '../../../core/command/log-uploads.ts';
import type { Session } from '../../../core/session/session.ts';
import { at, sessionAt } from './session-at.ts';

const accepted = { kind: 'accepted' } as const;
const refused = { kind: 'rejected', reason: 'rejected', word: 'Rejected' } as const;

const answered = (
  minute: number,
  request: CommandRequest,
  outcome: CommandOutcome = accepted,
): TimedCommand => ({ request, outcome, createdAt: at(minute), finishedAt: at(minute) });

const reserve = (reservationId = 7, evseId = 2): CommandRequest => ({
  ...{ type: 'reserve', reservationId, connector: { evseId, connectorId: 1 }, tokenId: 'ADA' },
  expiresAt: at(30),
});
const cancel: CommandRequest = { type: 'cancel-reservation', reservationId: 7 };
const made = answered(0, reserve());

const byNumber = (minute: number): Dropped => ({ at: at(minute), number: 7 });
const byPlace = (minute: number): Dropped => ({ at: at(minute), evseId: 2, connectorId: 1 });

const dropped = (
  commands: readonly TimedCommand[],
  drop: Dropped = byNumber(9),
  sessions: readonly Session[] = [],
) => droppedReservation(commands, sessions, drop)?.command;

describe('a reservation that its charger drops', () => {
  it('one in force is found by its number, and by its connector that is free again', () => {
    for (const drop of [byNumber(9), byPlace(9)]) expect(dropped([made], drop)).toBe(made);
    const other = answered(1, reserve(8, 1));
    for (const drop of [byNumber(9), byPlace(9)]) expect(dropped([other, made], drop)).toBe(made);
    expect(dropped([other], byNumber(9))).toBeUndefined();
    expect(dropped([other], byPlace(9))).toBeUndefined();
  });

  it('one that was used, taken back or over by then was not dropped', () => {
    for (const drop of [byNumber, byPlace]) {
      expect(dropped([made], drop(9), [sessionAt(5)])).toBeUndefined();
      expect(dropped([answered(4, cancel), made], drop(9))).toBeUndefined();
      expect(dropped([made], drop(30))).toBeUndefined();
      expect(dropped([answered(0, reserve(), refused)], drop(9))).toBeUndefined();
    }
  });

  it('one that is being taken back is left to the end of that; where it failed, or the charger had it no more, it was dropped', () => {
    const waits: TimedCommand = { request: cancel, createdAt: at(4) };
    const found = (end: Partial<TimedCommand>) =>
      droppedReservation([{ ...waits, ...end }, made], [], byNumber(9));
    expect(found({})).toEqual({ command: made, isBeingCancelled: true });
    const was = { command: made, isBeingCancelled: false };
    // A command that timed out has no outcome.
    expect(found({ finishedAt: at(10) })).toEqual(was);
    for (const minute of [4, 10]) {
      expect(found({ outcome: refused, finishedAt: at(minute) })).toEqual(was);
      expect(found({ outcome: accepted, finishedAt: at(minute) })).toBeUndefined();
    }
  });

  it('a number that is reserved again is another reservation, whatever became of the one before', () => {
    const again = answered(12, reserve());
    const commands = [again, answered(4, cancel), made];
    expect(dropped(commands, byNumber(15))).toBe(again);
    expect(dropped(commands, byNumber(9))).toBeUndefined();
    expect(dropped([again, made], byNumber(9))).toBe(made);
  });

  it('whatever happens later changes nothing of what was dropped', () => {
    const minutes = fc.integer({ min: 10, max: 29 });
    const drops = fc.constantFrom(byNumber(9), byPlace(9));
    const laws = fc.property(minutes, drops, fc.constantFrom(accepted, refused), (m, drop, how) => {
      const later = [answered(m, reserve()), answered(m, cancel, how)];
      expect(dropped([...later, made], drop)).toBe(made);
    });
    fc.assert(laws, { numRuns: 20 });
  });

  it('only a message that names a number says which one', () => {
    expect(numberOfEnded('{"reservationId":7,"reservationUpdateStatus":"Removed"}')).toBe(7);
    for (const raw of ['{', '[]', '{}', '{"reservationId":"7"}', '{"reservationId":7.5}']) {
      expect(numberOfEnded(raw)).toBeUndefined();
    }
  });
});
