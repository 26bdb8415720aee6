import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChargerSays, chargerFindings } from '../../../core/cdr/compute/charger-says.ts';

const total = { currency: 'EUR', exclVat: '10.00', inclVat: '11.90' };
const computed = (inclVat: string, currency = 'EUR'): ChargerSays => ({
  at: '2026-04-14T16:00:00Z',
  cost: { kind: 'computed', currency, inclVat },
});
const codes = (says: readonly ChargerSays[], billed: typeof total | null = total) =>
  chargerFindings(says, { total: billed, chargingSeconds: 3600 }).map(({ code }) => code);

describe('the cost that a charger calculated itself', () => {
  it('it differs from the CDR by more than the smallest coin, or in its currency', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), (cents) => {
        const own = (11.9 + cents / 100).toFixed(6);
        expect(codes([computed(own)])).toEqual(Math.abs(cents) > 1 ? ['CHARGER_COST_DIFFERS'] : []);
      }),
      { numRuns: 50 },
    );
    expect(codes([computed('11.900000', 'CHF')])).toEqual(['CHARGER_COST_DIFFERS']);
    const net: ChargerSays = {
      at: '',
      cost: { kind: 'computed', currency: 'EUR', exclVat: '10.004000' },
    };
    expect(codes([net])).toEqual([]);
    // The smallest coin of JPY is a whole one.
    const yen = { currency: 'JPY', exclVat: '500', inclVat: '550' };
    expect(codes([computed('551.000000', 'JPY')], yen)).toEqual([]);
    expect(codes([computed('552.000000', 'JPY')], yen)).toEqual(['CHARGER_COST_DIFFERS']);
  });

  it('a CDR that is held states no total to differ from, and a calculation that failed is named', () => {
    expect(codes([computed('1.000000')], null)).toEqual([]);
    const failed: ChargerSays = { at: '', cost: { kind: 'failed', reason: 'No tariff' } };
    expect(chargerFindings([failed], { total: null, chargingSeconds: 3600 })).toMatchObject([
      { code: 'CHARGER_COST_FAILED', message: expect.stringMatching(/ No tariff$/) },
    ]);
  });

  it('neither order nor repetition of the messages changes what is found', () => {
    const said = (hour: number, more: object): ChargerSays => ({
      at: `2026-04-14T${hour}:00:00Z`,
      ...more,
    });
    const all = [
      said(16, { limit: 'cost' }),
      said(17, { limit: 'energy' }),
      said(18, {
        cost: { kind: 'computed', currency: 'EUR', inclVat: '2.000000' },
        chargedSeconds: 60,
      }),
    ];
    const cdr = { total, chargingSeconds: 36_000 };
    const expected = chargerFindings(all, cdr);
    expect(expected).toHaveLength(4);
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 6 }), (shuffled) => {
        const found = chargerFindings(shuffled, cdr);
        expect(found).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('how long energy flowed, as a charger says', () => {
  const found = (
    chargedSeconds: number,
    chargingSeconds: number,
    billed: typeof total | null = total,
  ) =>
    chargerFindings([{ at: '2026-04-14T16:00:00Z', chargedSeconds }], {
      total: billed,
      chargingSeconds,
    });

  it('it differs from the CDR that has a tenth and 5 minutes more charging time, never from one that has less or is held', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 86_400 }),
        fc.integer({ min: 0, max: 172_800 }),
        (says, billed) => {
          const isMore = 10 * (billed - 300) > 11 * says;
          expect(found(says, billed).map(({ code }) => code)).toEqual(
            isMore ? ['CHARGING_TIME_DIFFERS'] : [],
          );
          expect(found(says, billed, null)).toEqual([]);
        },
      ),
    );
    expect(found(3600, 36_000)[0]?.message).toMatch(/It says 60 minutes, the CDR 600 minutes\.$/);
  });
});
