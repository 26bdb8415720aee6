import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchBetween } from '../../../../core/ocpi/patch/patch-between.ts';
import { patchObject } from '../../../../core/ocpi/patch/patch-object.ts';
import {
  locationPatch,
  sessionPatch,
  tokenPatch,
} from '../../../../core/ocpi/patch/patch-rules.ts';
import type { JsonLiteral } from '../../../../core/units/json-literals.ts';

const at = (second: number): string => new Date(1_773_216_000_000 + second * 1000).toISOString();
const session = {
  id: 'S1',
  kwh: '1',
  status: 'ACTIVE',
  charging_periods: [{ start_date_time: at(0) }],
  last_updated: at(0),
};

const states = fc.record(
  {
    id: fc.constant<JsonLiteral>('S1'),
    kwh: fc.constantFrom<JsonLiteral>('1', '2', '3'),
    status: fc.constantFrom<JsonLiteral>('ACTIVE', 'COMPLETED'),
    meter_id: fc.constantFrom<JsonLiteral>('M1', 'M2'),
    charging_periods: fc.array(fc.constantFrom<JsonLiteral>('a', 'b', 'c'), { maxLength: 3 }),
  },
  { requiredKeys: ['id', 'kwh', 'status'] },
);

describe('PATCH', () => {
  it('the push between two states brings a partner from one to the other', () => {
    fc.assert(
      fc.property(states, states, (one, two) => {
        const before = { ...one, last_updated: at(0) };
        const after = { ...two, last_updated: at(1) };
        const push = patchBetween(before, after, sessionPatch);
        switch (push.kind) {
          case 'put':
            return;
          case 'nothing':
            expect({ ...before, last_updated: at(1) }).toEqual(after);
            return;
          default:
            expect(patchObject(before, push.patch, sessionPatch, at(99))).toEqual({
              kind: 'patched',
              object: after,
            });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a patch has nothing but what changed, and of a list that grows only what was added', () => {
    const after = {
      ...session,
      kwh: '2',
      charging_periods: [...session.charging_periods, { start_date_time: at(60) }],
      last_updated: at(60),
    };
    expect(patchBetween(session, after, sessionPatch)).toEqual({
      kind: 'patch',
      patch: { kwh: '2', charging_periods: [{ start_date_time: at(60) }], last_updated: at(60) },
    });
  });

  it('what was taken away, or changed in the middle of a list, needs the object whole', () => {
    const { status: _, ...less } = session;
    expect(patchBetween(session, less, sessionPatch).kind).toBe('put');
    expect(patchBetween(session, { ...session, charging_periods: [] }, sessionPatch).kind).toBe(
      'put',
    );
  });

  it('nothing is pushed when only last_updated moved', () => {
    expect(patchBetween(session, { ...session, last_updated: at(9) }, sessionPatch).kind).toBe(
      'nothing',
    );
  });

  it.each([
    [{ kwh: '2' }, 'last_updated'],
    [{ kwh: null, last_updated: at(1) }, 'kwh'],
  ])('the patch %j is refused by the path of its fault', (patch, path) => {
    expect(patchObject(session, patch, sessionPatch, at(99))).toMatchObject({
      kind: 'invalid',
      problems: [{ path }],
    });
  });

  it('an optional field is taken away by null', () => {
    const held = { ...session, meter_id: 'M1' };
    expect(
      patchObject(held, { meter_id: null, last_updated: at(1) }, sessionPatch, at(99)),
    ).toEqual({
      kind: 'patched',
      object: { ...session, last_updated: at(1) },
    });
  });

  it('a patch that is older than what is held changes nothing', () => {
    const held = { ...session, last_updated: at(5) };
    expect(patchObject(held, { kwh: '0', last_updated: at(4) }, sessionPatch, at(99)).kind).toBe(
      'outdated',
    );
  });

  it('a field that a patch names as another version does is that field', () => {
    const [ended, moved] = [{ ...session, end_datetime: at(3) }, { last_updated: at(9) }];
    for (const [held, patch, changed] of [
      [ended, { end_date_time: at(8) }, { end_datetime: at(8) }],
      [session, { end_date_time: at(8) }, { end_date_time: at(8) }],
      [{ ...session, end_date_time: at(3) }, { end_datetime: at(8) }, { end_date_time: at(8) }],
    ] as const) {
      expect(patchObject(held, { ...patch, ...moved }, sessionPatch, at(99))).toEqual({
        kind: 'patched',
        object: { ...held, ...changed, ...moved },
      });
    }
    const started = { ...session, start_date_time: at(0) };
    expect(
      patchObject(started, { start_datetime: null, ...moved }, sessionPatch, at(99)),
    ).toMatchObject({
      kind: 'invalid',
      problems: [{ path: 'start_date_time' }],
    });
  });

  it('lists of locations and tokens are replaced whole', () => {
    const held = { uid: 'E1', capabilities: ['A', 'B'], last_updated: at(0) };
    for (const rules of [locationPatch, tokenPatch]) {
      expect(
        patchObject(held, { capabilities: ['C'], last_updated: at(1) }, rules, at(99)),
      ).toMatchObject({
        object: { capabilities: ['C'] },
      });
    }
  });
});
