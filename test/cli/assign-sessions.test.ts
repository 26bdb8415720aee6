import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSessions } from '../../fleet/replay/assign-sessions.ts';
import { chargersNeeded } from '../../fleet/replay/chargers-needed.ts';
import type { SessionRow } from '../../fleet/replay/session-rows.ts';

const options = { idTag: 'REPLAY', readings: 4 };

const rows = fc
  .array(
    fc.record({
      startedAt: fc.integer({ min: 0, max: 10_000 }),
      minutes: fc.integer({ min: 1, max: 300 }),
      energy: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    }),
    { maxLength: 60 },
  )
  .map((list) =>
    list.map(
      ({ startedAt, minutes, energy }, index): SessionRow => ({
        line: index + 2,
        startedAt: startedAt * 60_000,
        endedAt: (startedAt + minutes) * 60_000,
        energy,
      }),
    ),
  );

describe('recorded sessions given to chargers', () => {
  it('assigning recorded sessions to chargers loses no session and no energy', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 8 }), (sessions, chargers) => {
        const { work, broken } = assignSessions(sessions, chargers, options);
        const plans = work.flatMap((w) => w.plans);
        const lost = sessions.filter((row) => broken.some((b) => b.line === row.line));
        const sum = (list: readonly { energy: bigint }[]): bigint =>
          list.reduce((total, { energy }) => total + energy, 0n);

        expect(plans.length + broken.length).toBe(sessions.length);
        expect(sum(plans) + sum(lost)).toBe(sum(sessions));
      }),
    );
  });

  it('assigned sessions of a connector never overlap, and its register continues', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 8 }), (sessions, chargers) => {
        for (const { plans } of assignSessions(sessions, chargers, options).work) {
          for (const connectorId of [1, 2]) {
            const own = plans.filter((plan) => plan.connectorId === connectorId);
            own.slice(1).forEach((plan, index) => {
              const before = own[index];
              if (before === undefined) return;
              expect(plan.startedAt).toBeGreaterThan(before.endedAt);
              expect(plan.registerAtStart).toBe(before.registerAtStart + before.energy);
            });
          }
        }
      }),
    );
  });

  it('recorded sessions all find a free connector on the suggested number of chargers, and not on one less', () => {
    fc.assert(
      fc.property(rows, (sessions) => {
        const needed = chargersNeeded(sessions);

        expect(assignSessions(sessions, needed, options).broken).toEqual([]);
        if (needed > 1) {
          expect(assignSessions(sessions, needed - 1, options).broken).not.toEqual([]);
        }
      }),
    );
  });

  it('the same sessions are assigned to the same chargers on every run, in any order of the rows', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 8 }), (sessions, chargers) => {
        const again = assignSessions([...sessions].reverse(), chargers, options);

        expect(again).toEqual(assignSessions(sessions, chargers, options));
      }),
    );
  });
});
