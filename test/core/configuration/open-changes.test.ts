import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandState } from '../../../core/command/command-state.ts';
import { retryPause, standingOf } from '../../../core/configuration/open-changes.ts';

const now = '2026-04-14T16:30:00.000Z';
const expiresAt = '2026-04-14T17:30:00.000Z';
const standing = (state: CommandState, outcome?: CommandOutcome) =>
  standingOf({ state, expiresAt, ...(outcome && { outcome }) }, now);

describe('a change that a charger was given', () => {
  it.each<readonly [CommandState, string]>([
    ['queued', 'under-way'],
    ['sent', 'under-way'],
    ['timed-out', 'open'],
    ['expired', 'open'],
    ['cancelled', 'open'],
  ])('one that is %s without an answer is %s', (state, expected) => {
    expect(standing(state)).toBe(expected);
  });

  it('one that waited too long is open, also before that was noted', () => {
    expect(standingOf({ state: 'queued', expiresAt: now }, now)).toBe('open');
  });

  it.each([
    'rejected',
    'occupied',
    'faulted',
    'unavailable',
    'failed',
    'version-mismatch',
  ] as const)('a refusal that may pass leaves it open: %s', (reason) => {
    expect(standing('rejected', { kind: 'rejected', reason, word: reason })).toBe('open');
  });

  it.each(['not-supported', 'not-found', 'duplicate', 'invalid-certificate', 'other'] as const)(
    'a refusal that stays closes it: %s',
    (reason) => {
      expect(standing('rejected', { kind: 'rejected', reason, word: reason })).toBe('closed');
    },
  );

  it.each([
    ['internal', 'open'],
    ['protocol', 'open'],
    ['security', 'open'],
    ['other', 'open'],
    ['not-implemented', 'closed'],
    ['not-supported', 'closed'],
    ['malformed', 'closed'],
    ['wrong-value', 'closed'],
  ] as const)('after the error %s it is %s', (reason, expected) => {
    const outcome = { kind: 'failed', reason, code: reason, description: '' } as const;
    expect(standing('failed', outcome)).toBe(expected);
  });

  it('one that was taken is closed, and one whose answer cannot be read is open', () => {
    expect(standing('accepted', { kind: 'accepted', remark: 'reboot-required' })).toBe('closed');
    expect(standing('failed', { kind: 'unreadable', description: '' })).toBe('open');
  });

  it('the pause before it is tried again never shrinks, and is a quarter of an hour to a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (attempts) => {
        expect(retryPause(attempts)).toBeGreaterThanOrEqual(15 * 60_000);
        expect(retryPause(attempts + 1)).toBeGreaterThanOrEqual(retryPause(attempts));
        expect(retryPause(attempts + 1)).toBeLessThanOrEqual(86_400_000);
      }),
      { numRuns: 50 },
    );
  });
});
