import { describe, expect, it } from 'vitest';
import { answerPreferences } from '../../../../core/ocpi/preferences/answer-preferences.ts';
import { instant } from '../../../../core/units/instant.ts';

const facts = {
  capabilities: ['CHARGING_PREFERENCES_CAPABLE'],
  honoured: ['REGULAR', 'FAST', 'CHEAP', 'GREEN'],
  maxPower: 11_000n,
  now: instant(BigInt(Date.parse('2026-03-11T08:00:00Z'))),
};
const departureTime = '2026-03-11T10:00:00.000Z';

describe('a driver’s wishes', () => {
  it.each([
    [{ profileType: 'REGULAR' }, 'ACCEPTED'],
    [{ profileType: 'FAST' }, 'ACCEPTED'],
    [{ profileType: 'GREEN' }, 'DEPARTURE_REQUIRED'],
    [{ profileType: 'CHEAP', departureTime }, 'ENERGY_NEED_REQUIRED'],
    [{ profileType: 'CHEAP', departureTime, energyNeed: '22' }, 'ACCEPTED'],
    [{ profileType: 'CHEAP', departureTime, energyNeed: '22.000001' }, 'NOT_POSSIBLE'],
    [{ profileType: 'FAST', departureTime: '2026-03-11T07:59:59.000Z' }, 'NOT_POSSIBLE'],
    [{ profileType: 'FAST', departureTime, energyNeed: '5' }, 'ACCEPTED'],
    [{ profileType: 'SOLAR_ONLY' }, 'PROFILE_TYPE_NOT_SUPPORTED'],
  ] as const)('%j is answered with %s', (wishes, answer) => {
    expect(answerPreferences(wishes, facts)).toBe(answer);
  });

  it('a type that nothing can honour is refused as such instead of being accepted and ignored', () => {
    expect(answerPreferences({ profileType: 'GREEN' }, { ...facts, honoured: ['REGULAR'] })).toBe(
      'PROFILE_TYPE_NOT_SUPPORTED',
    );
  });

  it('an EVSE without the capability takes no wishes at all', () => {
    expect(answerPreferences({ profileType: 'REGULAR' }, { ...facts, capabilities: [] })).toBe(
      'no-capability',
    );
  });

  it('an energy is possible as long as nobody knows the power', () => {
    const { maxPower: _, ...unknown } = facts;
    expect(
      answerPreferences({ profileType: 'GREEN', departureTime, energyNeed: '900' }, unknown),
    ).toBe('ACCEPTED');
  });
});
