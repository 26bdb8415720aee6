import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAnotherTransaction,
  type OtherStart,
} from '../../../core/session/is-another-transaction.ts';
import type { SessionStart } from '../../../core/session/session.ts';
import {
  isInPart,
  partsAround,
  type TransactionStart,
  withNeighbours,
} from '../../../core/session/transaction-part.ts';

const minute = (n: number): string => new Date(Date.UTC(2026, 3, 14, 16, n)).toISOString();

const startAt = (n: number, evseId = 1): TransactionStart => ({
  at: minute(n),
  sessionId: `ses_${n}`,
  evseId,
});

const starts = fc
  .uniqueArray(fc.nat(500), { minLength: 2, maxLength: 6 })
  .map((minutes) => minutes.toSorted((a, b) => a - b).map((n) => startAt(n)));

describe('the parts of one transaction id', () => {
  it('everything that was said is in the part of exactly one session', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: -10, max: 520 }), (all, n) => {
        const parts = new Map(
          all.flatMap(({ at }) =>
            partsAround('ses_0', all, at).map(({ start, part }) => [start.at, part] as const),
          ),
        );
        const own = [...parts.values()].filter((part) => isInPart(part, minute(n)));
        expect(own).toHaveLength(1);
      }),
    );
  });

  it('the two starts on each side tell the parts of a session and of its neighbours', () => {
    fc.assert(
      fc.property(starts, fc.nat(5), (all, place) => {
        const own = Math.min(place, all.length - 1);
        const at = all[own]?.at ?? '';
        const near = all.slice(Math.max(0, own - 2), own + 3);
        expect(partsAround('ses_0', near, at)).toEqual(partsAround('ses_0', all, at));
        const { from, until } = withNeighbours({ of: 'ses_0' }, near, `${all[own]?.sessionId}`);
        expect(from).toBe(own < 2 ? undefined : all[own - 1]?.at);
        expect(until).toBe(all[own + 2]?.at);
      }),
    );
  });

  it('a session says where the next one began elsewhere, and where a clock was not set', () => {
    const [first, second] = [startAt(0), startAt(30, 2)];
    expect(partsAround('ses_0', [first, second], second.at)).toMatchObject([
      { part: { until: second.at, isBeside: true } },
      { part: { from: second.at } },
    ]);
    const unset = { ...startAt(0), at: '1970-01-01T00:00:09.000Z' };
    expect(partsAround('ses_0', [unset, second], second.at)).toMatchObject([
      { part: { isUntimed: true } },
      { part: { isUntimed: true } },
    ]);
  });
});

describe('a start under a known transaction id', () => {
  const known: SessionStart = {
    startedAt: minute(0),
    receivedAt: minute(0),
    tokenId: 'TAG1',
    authorization: 'Accepted',
  };
  const receivedAt = Date.parse(minute(90));

  it.each<readonly [string, Omit<OtherStart, 'receivedAt'>, boolean]>([
    ['at the same time in another zone', { startedAt: '2026-04-14T18:00:00+02:00' }, false],
    ['without a time', { tokenId: 'TAG2' }, false],
    ['of another time', { startedAt: minute(30), tokenId: 'TAG1' }, true],
    ['of another time that goes on', { startedAt: minute(30), isContinued: true }, false],
    [
      'of somebody else, with a number that goes on',
      { startedAt: minute(30), tokenId: 'TAG2', isContinued: true },
      true,
    ],
    [
      'of the same token in other letters, with a number that goes on',
      { startedAt: minute(30), tokenId: 'tag1', isContinued: true },
      false,
    ],
  ])('%s is of another transaction or not', (_how, other, expected) => {
    expect(isAnotherTransaction(known, { receivedAt, ...other }, 'Europe/Berlin')).toBe(expected);
    // Which of the two came first does not matter.
    if (other.startedAt === undefined) return;
    const { tokenId = '', isContinued } = other;
    const goesOn = isContinued === true ? ({ isContinued } as const) : {};
    const reversed = { ...known, startedAt: other.startedAt, tokenId, ...goesOn };
    const back = { startedAt: known.startedAt, tokenId: known.tokenId, receivedAt };
    expect(isAnotherTransaction(reversed, back, 'Europe/Berlin')).toBe(expected);
  });
});
