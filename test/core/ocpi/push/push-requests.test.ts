import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenValue } from '../../../../build/ocpi/golden-objects.ts';
import type { PartnerLocation } from '../../../../core/ocpi/model/location.ts';
import { allTranslators } from '../../../../core/ocpi/partner/all-translators.ts';
import { patchObject } from '../../../../core/ocpi/patch/patch-object.ts';
import { sessionPatch } from '../../../../core/ocpi/patch/patch-rules.ts';
import {
  type PushedChange,
  type PushRequest,
  pushRequests,
  type Written,
} from '../../../../core/ocpi/push/push-requests.ts';
import { isOnlyEnergy, pushWait } from '../../../../core/ocpi/push/push-schedule.ts';
import { NumberLiteral } from '../../../../core/units/json-literals.ts';
import { sessions } from '../arbitraries/bills.ts';

const place = ['DE', 'OUR', 'X'];
const change = (before: Written | undefined, after: Written, more: Partial<PushedChange> = {}) =>
  ({ version: '2.2.1', quirks: [], place, before, after, ...more }) as const;

const written = fc.tuple(sessions, sessions).map(([a, b]) =>
  [a, { ...b, id: a.id, lastUpdated: `9${a.lastUpdated.slice(1)}` }].map((one) => {
    const said = allTranslators['2.2.1'].session?.to(one, { owner: one });
    return said?.kind === 'translated' ? (said.object as Written) : {};
  }),
);

const location = (evses: readonly Written[], name: string): Written => ({
  ...{ id: 'X', name, last_updated: '2026-01-01T00:00:00Z' },
  evses,
});
const evse = (uid: number, status: string): Written => ({
  uid: `E${uid}`,
  status,
  last_updated: 's',
});

/** The session of a partner after a request. */
const applied = (held: Written, { method, body = {} }: PushRequest): Written => {
  if (method === 'PUT') return body;
  const patched = patchObject(held, body, sessionPatch, '2026-06-01T00:00:00.000Z');
  if (patched.kind !== 'patched') throw new Error(patched.kind);
  return patched.object;
};

describe('the requests of a push', () => {
  it('a partner that applies them in order has exactly the session that it is to have', () => {
    fc.assert(
      fc.property(written, ([before = {}, after = {}]) => {
        const requests = pushRequests('sessions', change(before, after));
        expect(requests.every(({ segments }) => segments === place)).toBe(true);
        const { last_updated: _a, ...facts } = requests.reduce(applied, before);
        const { last_updated: _b, ...wanted } = after;
        expect(facts).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('a partner that applies them in order has exactly the token that it is to have, and gets nothing where only its time changed', () => {
    const facts = fc.record(
      {
        valid: fc.boolean(),
        whitelist: fc.constantFrom('NEVER', 'ALLOWED'),
        group_id: fc.string(),
      },
      { requiredKeys: ['valid', 'whitelist'] },
    );
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        const before: Written = { uid: 'X', ...one, last_updated: '1' };
        const after: Written = { uid: 'X', ...other, last_updated: '2' };
        const requests = pushRequests('tokens', change(before, after));
        const { last_updated: _a, ...held } = requests.reduce(applied, before);
        const { last_updated: _b, ...wanted } = after;
        expect(held).toEqual(wanted);
        expect(requests.every(({ segments }) => segments === place)).toBe(true);
        const again = { ...after, last_updated: '3' };
        expect(pushRequests('tokens', change(after, again))).toEqual([]);
      }),
      { numRuns: 40 },
    );
    const token: Written = { uid: 'X', valid: true, last_updated: '1' };
    expect(pushRequests('tokens', change(undefined, token))).toEqual([
      { method: 'PUT', segments: place, body: token },
    ]);
    const formerly = { countryCode: 'AT', partyId: 'ALP' };
    expect(pushRequests('tokens', change(token, token, { formerly }))).toEqual([
      {
        method: 'PUT',
        segments: ['AT', 'ALP', 'X'],
        body: { ...token, valid: false },
        isWithdrawal: true,
      },
      { method: 'PUT', segments: place, body: token },
    ]);
  });

  it('a status of an EVSE is one small request, and one that the partner cannot take as a PATCH is sent whole', () => {
    const before = location([evse(1, 'AVAILABLE'), evse(2, 'AVAILABLE')], 'Yard');
    const after = location([evse(1, 'CHARGING'), evse(2, 'AVAILABLE')], 'Yard');
    const [only, ...others] = pushRequests('locations', change(before, after));
    expect(others).toEqual([]);
    expect(only).toEqual({
      method: 'PATCH',
      segments: [...place, 'E1'],
      body: { status: 'CHARGING', last_updated: 's' },
    });
    expect(
      pushRequests('locations', change(before, after, { quirks: ['put-for-patch'] })),
    ).toMatchObject([{ method: 'PUT', segments: [...place, 'E1'], body: { uid: 'E1' } }]);
  });

  it('a new EVSE is sent whole, a new name as a change of the location, and many changes as one location', () => {
    const before = location([evse(1, 'AVAILABLE')], 'Yard');
    const grown = location([evse(1, 'AVAILABLE'), evse(2, 'UNKNOWN')], 'Court');
    expect(pushRequests('locations', change(before, grown))).toMatchObject([
      { method: 'PUT', segments: [...place, 'E2'] },
      { method: 'PATCH', segments: place, body: { name: 'Court' } },
    ]);
    const many = (status: string) =>
      location(
        [1, 2, 3, 4, 5, 6].map((uid) => evse(uid, status)),
        'Yard',
      );
    expect(pushRequests('locations', change(many('A'), many('B')))).toMatchObject([
      { method: 'PUT', segments: place },
    ]);
    expect(pushRequests('locations', change(undefined, before))).toMatchObject([
      { method: 'PUT', segments: place },
    ]);
    expect(pushRequests('locations', change(before, before))).toEqual([]);
  });

  it('a real location that did not change needs nothing', () => {
    const real = goldenValue({ name: 'location', kind: 'location' }) as PartnerLocation;
    const said = allTranslators['2.3.0'].location?.to(real, { owner: real });
    if (said?.kind !== 'translated') throw new Error('not said');
    const whole = said.object as Written;
    expect(pushRequests('locations', change(whole, whole))).toEqual([]);
  });

  it('2.1.1, which does not say what a PATCH does to the periods, gets a session whole when they change', () => {
    const before: Written = { id: 'X', kwh: new NumberLiteral('1'), charging_periods: [] };
    const after: Written = { ...before, charging_periods: [{ start_date_time: 'a' }] };
    expect(pushRequests('sessions', change(before, after))[0]?.method).toBe('PATCH');
    expect(pushRequests('sessions', change(before, after, { version: '2.1.1' }))[0]?.method).toBe(
      'PUT',
    );
  });
});

describe('when a push is tried', () => {
  it('a CDR is tried for 14 days and everything else for one, ever less often', () => {
    const day = 86_400;
    for (const [module, days] of [
      ['cdrs', 14],
      ['sessions', 1],
      ['locations', 1],
      ['tariffs', 1],
    ] as const) {
      expect(pushWait(module, 40, days * day - 1, 0)).toBe(21_600);
      expect(pushWait(module, 40, days * day, 0)).toBeUndefined();
    }
    const waits = Array.from({ length: 12 }, (_none, at) => pushWait('cdrs', at + 1, 0, 0) ?? 0);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(pushWait('cdrs', 1, 0, 1)).toBe(6);
  });

  it('only energy and what follows from it may wait', () => {
    const before: Written = { kwh: new NumberLiteral('1'), status: 'ACTIVE' };
    expect(isOnlyEnergy(before, { ...before, kwh: new NumberLiteral('2'), total_cost: {} })).toBe(
      true,
    );
    expect(isOnlyEnergy(before, { ...before, status: 'COMPLETED' })).toBe(false);
    expect(isOnlyEnergy(before, { ...before, end_date_time: 'x' })).toBe(false);
  });
});
