import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChargingProfile } from '../../../core/command/charging-profile.ts';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import {
  knownChargingProfiles,
  type ProfileCommand,
} from '../../../core/command/known-charging-profiles.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import type { Session } from '../../../core/session/session.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();
const accepted = { kind: 'accepted' } as const;
const unknown = { kind: 'rejected', reason: 'not-found', word: 'Unknown' } as const;

const answered = (
  minute: number,
  request: CommandRequest,
  outcome: CommandOutcome = accepted,
): ProfileCommand => ({
  request,
  outcome,
  sequence: 'abcdefgh',
  sentAt: at(minute),
  finishedAt: at(minute),
});

const profile = (overrides: Partial<ChargingProfile> = {}): ChargingProfile => ({
  profileId: 1,
  stackLevel: 0,
  purpose: 'default',
  kind: 'absolute',
  schedule: { unit: 'A', periods: [{ startSeconds: 0, limit: 16 }] },
  ...overrides,
});

const set = (minute: number, overrides: Partial<ChargingProfile> = {}, evseId = 1) =>
  answered(minute, {
    type: 'set-charging-profile',
    connector: { evseId, connectorId: evseId === 0 ? 0 : 1 },
    profile: profile(overrides),
  });

type Clear = Omit<Extract<CommandRequest, { type: 'clear-charging-profile' }>, 'type'>;
const clear = (minute: number, criteria: Clear = {}, outcome: CommandOutcome = accepted) =>
  answered(minute, { type: 'clear-charging-profile', ...criteria }, outcome);

const session = (overrides: Partial<Session> = {}, minute = 0): Session => ({
  sessionId: 'ses_1',
  operatorId: 'op',
  chargerId: 'CP',
  evseId: 1,
  connectorId: 1,
  transactionId: '42',
  protocol: 'ocpp1.6',
  state: 'active',
  start: { startedAt: at(minute), receivedAt: at(minute), tokenId: 'ADA', authorization: '' },
  timeZone: 'UTC',
  anomalies: [],
  ...overrides,
});

/** The numbers of the profiles that a charger has after these commands, which come in their order. */
const has = (
  commands: readonly ProfileCommand[],
  sessions: readonly Session[] = [],
  protocol: Protocol = 'ocpp1.6',
  now = at(30),
) =>
  knownChargingProfiles(commands.toReversed(), { protocol, sessions, now }).map(
    ({ profile: { profileId } }) => profileId,
  );

describe('the charging profiles of a charger', () => {
  it('a profile that the charger took is in force, and one that it refused is not', () => {
    expect(has([set(1), set(2, { profileId: 2, stackLevel: 1 })])).toEqual([2, 1]);
    const refused = { ...set(1), outcome: { ...unknown, word: 'Rejected' } };
    expect(has([refused])).toEqual([]);
  });

  it('a profile replaces the one of its number, wherever that was', () => {
    const known = knownChargingProfiles([set(2, {}, 2), set(1)], {
      protocol: 'ocpp2.0.1',
      sessions: [],
      now: at(9),
    });
    expect(known.map(({ connector, setAt }) => [connector.evseId, setAt])).toEqual([[2, at(2)]]);
  });

  it('a profile replaces the one of its level and purpose at its place, and none of another place, level or purpose', () => {
    const leftBy = (next: Partial<ChargingProfile>, evseId = 1) =>
      has([set(1), set(2, { profileId: 2, ...next }, evseId)]);
    expect(leftBy({})).toEqual([2]);
    expect(leftBy({ stackLevel: 1 })).toEqual([2, 1]);
    expect(leftBy({ purpose: 'charger-limit' })).toEqual([2, 1]);
    expect(leftBy({}, 2)).toEqual([2, 1]);
  });

  it('in OCPP 2 two profiles of a level may follow each other in time', () => {
    const first = set(1, { validTo: at(60) });
    const then = set(2, { profileId: 2, validFrom: at(60) });
    const meanwhile = set(2, { profileId: 2, validFrom: at(50) });
    expect(has([first, then], [], 'ocpp2.0.1')).toEqual([2, 1]);
    expect(has([first, meanwhile], [], 'ocpp2.0.1')).toEqual([2]);
    expect(has([first, then], [], 'ocpp1.6')).toEqual([2]);
  });

  it('a profile whose validity is over is in force no more', () => {
    expect(has([set(1, { validTo: at(20) })])).toEqual([]);
    expect(has([set(1, { validTo: at(31) })])).toEqual([1]);
  });

  it('a clear takes off all that it names: by its number alone, else by place, purpose and level', () => {
    const leftBy = (criteria: Clear) =>
      has([set(1), set(2, { profileId: 2, purpose: 'charger-limit' }, 0), clear(3, criteria)]);
    expect(leftBy({})).toEqual([]);
    expect(leftBy({ profileId: 2, stackLevel: 9 })).toEqual([1]);
    expect(leftBy({ purpose: 'default' })).toEqual([2]);
    expect(leftBy({ connector: { evseId: 0, connectorId: 0 } })).toEqual([1]);
    expect(leftBy({ connector: { evseId: 1, connectorId: 0 } })).toEqual([2]);
    expect(leftBy({ stackLevel: 1 })).toEqual([2, 1]);
  });

  it('a profile that the charger does not find when it is cleared is not there, and a clear that failed changes nothing', () => {
    expect(has([set(1), clear(2, { profileId: 1 }, unknown)])).toEqual([]);
    expect(has([set(1), clear(2, {}, { ...unknown, reason: 'rejected' })])).toEqual([1]);
  });

  it('a profile of a transaction ends with its session, whether it names it or not', () => {
    const named = set(1, { purpose: 'transaction', transactionId: '42' });
    const unnamed = set(1, { purpose: 'transaction' });
    for (const one of [named, unnamed]) {
      expect(has([one], [session()])).toEqual([1]);
      expect(has([one], [session({ state: 'ended' })])).toEqual([]);
      const next = session({ transactionId: '43', sessionId: 'ses_2' }, 5);
      expect(has([one], [next, session({ state: 'ended' })])).toEqual([]);
    }
  });

  it('a profile that a start brought is in force while its session is awaited or runs', () => {
    const start = answered(1, {
      type: 'start',
      tokenId: 'ADA',
      connector: { evseId: 1, connectorId: 1 },
      profile: profile({ purpose: 'transaction' }),
    });
    expect(has([start], [], 'ocpp1.6', at(5))).toEqual([1]);
    expect(has([start], [], 'ocpp1.6', at(30))).toEqual([]);
    expect(has([start], [session({}, 2)])).toEqual([1]);
    expect(has([start], [session({ state: 'ended' }, 2)], 'ocpp1.6', at(5))).toEqual([]);
  });

  const commands = fc.array(
    fc.oneof(
      fc.record({
        does: fc.constant('set' as const),
        profileId: fc.integer({ min: 1, max: 4 }),
        stackLevel: fc.integer({ min: 0, max: 1 }),
        purpose: fc.constantFrom('default' as const, 'charger-limit' as const),
        evseId: fc.integer({ min: 0, max: 2 }),
      }),
      fc.record({
        does: fc.constant('clear' as const),
        stackLevel: fc.integer({ min: 0, max: 1 }),
      }),
    ),
    { maxLength: 12 },
  );

  it('whatever was set and cleared, each number and each place, purpose and level is there once, and nothing after all was cleared', () => {
    fc.assert(
      fc.property(
        commands,
        fc.constantFrom<Protocol>('ocpp1.6', 'ocpp2.0.1'),
        (given, protocol) => {
          const sent = given.map((one, n) =>
            one.does === 'set'
              ? set(n, { ...one }, one.evseId)
              : clear(n, { stackLevel: one.stackLevel }),
          );
          const around = { protocol, sessions: [], now: at(59) };
          const known = knownChargingProfiles(sent.toReversed(), around);
          const places = known.map(
            ({ connector, profile: { purpose, stackLevel } }) =>
              `${connector.evseId} ${purpose} ${stackLevel}`,
          );
          expect(new Set(places).size).toBe(places.length);
          const numbers = known.map((one) => one.profile.profileId);
          expect(new Set(numbers).size).toBe(numbers.length);
          const last = given.at(-1);
          if (last?.does === 'set') expect(numbers[0]).toBe(last.profileId);
          expect(knownChargingProfiles([clear(50), ...sent.toReversed()], around)).toEqual([]);
        },
      ),
    );
  });
});
