import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromKeptText, toKeptText } from '../../../core/ocpi/codec/kept-text.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { applyPatch } from '../../../core/ocpi/patch/apply-patch.ts';
import { locationPatch, tokenPatch } from '../../../core/ocpi/patch/patch-rules.ts';
import { NumberLiteral } from '../../../core/units/json-literals.ts';
import { anyObject } from './arbitraries/requests.ts';

const receivedAt = '2100-01-01T00:00:00.000Z';
const kinds = Object.keys(anyObject) as (keyof typeof anyObject)[];

describe('an object of a partner that is kept', () => {
  it.each(kinds)('any %s is read as it was written', (kind) => {
    fc.assert(
      fc.property(anyObject[kind], (object) => {
        expect(fromKeptText(toKeptText(object))).toEqual(object);
      }),
    );
  });

  it('numbers that a partner sent besides keep every digit', () => {
    const extra = {
      price: new NumberLiteral('1.50'),
      list: [new NumberLiteral('12345678901234567890')],
    };
    const kept = fromKeptText<{ stepSize: number; extra: object }>(
      toKeptText({ stepSize: 60, extra }),
    );

    expect(kept).toEqual({ stepSize: 60, extra });
  });
});

describe('a PATCH of an object that is kept', () => {
  it('what a version cannot say of a location stays when a partner of it changes something else', () => {
    fc.assert(
      fc.property(anyObject.location, (held) => {
        const owner = { countryCode: held.countryCode, partyId: held.partyId };
        const patch = { city: 'Elsewhere', last_updated: '2099-01-01T00:00:00Z' };
        for (const version of ['2.1.1', '2.2.1', '2.3.0'] as const) {
          const pair = allTranslators[version].location;
          if (pair === undefined || pair.to(held, { owner }).kind === 'impossible') continue;
          const applied = applyPatch(pair, held, { patch, receivedAt }, locationPatch, { owner });
          expect(applied).toMatchObject({ kind: 'patched' });
          if (applied.kind !== 'patched') return;
          const lastUpdated = '2099-01-01T00:00:00.000Z';
          expect(applied.value).toEqual({ ...held, city: 'Elsewhere', lastUpdated });
        }
      }),
    );
  });

  it('a PATCH without a time, of another type, or of what cannot be taken away is refused with its path', () => {
    fc.assert(
      fc.property(anyObject.token, (held) => {
        const owner = { countryCode: held.countryCode, partyId: held.partyId };
        const pair = allTranslators['2.3.0'].token;
        if (pair === undefined) return;
        for (const patch of [
          { valid: true },
          { valid: null, last_updated: '2099-01-01T00:00:00Z' },
          [],
        ]) {
          expect(applyPatch(pair, held, { patch, receivedAt }, tokenPatch, { owner }).kind).toBe(
            'invalid',
          );
        }
      }),
    );
  });
});
