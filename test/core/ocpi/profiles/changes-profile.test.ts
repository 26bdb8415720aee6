import { describe, expect, it } from 'vitest';
import type { ChargingProfile } from '../../../../core/command/charging-profile.ts';
import type { CommandRequest } from '../../../../core/command/command-request.ts';
import { changesProfile } from '../../../../core/ocpi/profiles/changes-profile.ts';

const session = { evseId: 2, transactionId: 'tx-2' };

const set = (evseId: number, transactionId?: string): CommandRequest => {
  const schedule = { unit: 'A', periods: [{ startSeconds: 0, limit: 16 }] } as const;
  const profile: ChargingProfile = {
    ...{ profileId: 1, stackLevel: 0, purpose: 'default', kind: 'relative', schedule },
    ...(transactionId === undefined ? {} : { transactionId }),
  };
  return { type: 'set-charging-profile', connector: { evseId, connectorId: 0 }, profile };
};

const clear = (evseId?: number): CommandRequest => ({
  type: 'clear-charging-profile',
  ...(evseId === undefined ? { profileId: 1 } : { connector: { evseId, connectorId: 0 } }),
});

describe('the speed of a session', () => {
  it('the speed changes by a limit of its transaction, its EVSE or the whole charger, set or taken off', () => {
    for (const request of [set(0), set(2), set(2, 'tx-2'), clear(), clear(0), clear(2)]) {
      expect(changesProfile(request, session)).toBe(true);
    }
  });

  it('the speed does not change by a limit of another EVSE or transaction, nor by another command', () => {
    const asked = { connector: { evseId: 2, connectorId: 1 }, durationSeconds: 60 };
    const others: readonly CommandRequest[] = [
      ...[set(1), set(2, 'tx-1'), clear(1)],
      { type: 'composite-schedule', ...asked },
    ];
    for (const request of others) expect(changesProfile(request, session)).toBe(false);
  });
});
