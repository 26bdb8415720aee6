import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenValue } from '../../../../build/ocpi/golden-objects.ts';
import { checkCdr } from '../../../../core/ocpi/check/check-cdr.ts';
import { checkCredit } from '../../../../core/ocpi/check/check-credit.ts';
import { priceOfCdr } from '../../../../core/ocpi/check/price-of-cdr.ts';
import type { PartnerCdr } from '../../../../core/ocpi/model/cdr.ts';
import type { PartnerSession } from '../../../../core/ocpi/model/session.ts';
import type { PartnerTariff } from '../../../../core/ocpi/model/tariff.ts';

const cdr = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;
const credit = goldenValue({ name: 'cdr.credit', kind: 'cdr' }) as PartnerCdr;
const session: PartnerSession = {
  ...(goldenValue({ name: 'session.completed', kind: 'session' }) as PartnerSession),
  totalCost: cdr.totalCost,
};
const timeZone = 'Europe/Berlin';
const evidence = { tariffs: [], timeZone };
const codesOf = (checked: PartnerCdr, more: object = {}): readonly string[] =>
  checkCdr(checked, { ...evidence, ...more }).differences.map(({ code }) => code);

const cents = (value: number): string => (value / 100).toFixed(2).replace(/\.?0+$/, '');

/** A CDR of so many kWh at a price in cents with a fee, and what it costs: computed here by whole numbers alone. */
const billOf = (tenthsOfKwh: number, price: number, fee: number): PartnerCdr => {
  const exclVat = Math.floor((tenthsOfKwh * price + 5) / 10) + fee;
  const tariff: PartnerTariff = {
    countryCode: 'DE',
    partyId: 'JNA',
    id: 'T-LAW',
    currency: 'EUR',
    altTexts: [],
    elements: [
      {
        priceComponents: [
          { type: 'ENERGY', price: cents(price), stepSize: 1 },
          { type: 'FLAT', price: cents(fee), stepSize: 1 },
        ],
      },
    ],
    taxIncluded: 'NO',
    lastUpdated: '2026-01-01T00:00:00.000Z',
  };
  const volume = (tenthsOfKwh / 10).toFixed(1).replace(/\.0$/, '');
  const {
    totalFixedCost: _fixed,
    totalEnergyCost: _energy,
    totalTimeCost: _time,
    totalParkingTime: _parking,
    totalParkingCost: _parkingCost,
    ...bare
  } = cdr;
  return {
    ...bare,
    tariffs: [tariff],
    chargingPeriods: [
      {
        startDateTime: cdr.startDateTime,
        dimensions: [{ type: 'ENERGY', volume }],
        tariffId: 't-law',
      },
    ],
    totalEnergy: volume,
    totalTime: '1.1667',
    totalCost: { exclVat: cents(exclVat) },
  };
};

describe('the check of a CDR', () => {
  it('a correct CDR agrees, with its session too', () => {
    expect(checkCdr(cdr, { ...evidence, session })).toMatchObject({
      verdict: 'agrees',
      differences: [],
      price: { kind: 'priced', exclVat: '9.27', inclVat: '11.03' },
    });
  });

  it('a total that is wrong by any number of cents differs by exactly that amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: -300, max: 300 }),
        (energy, price, fee, error) => {
          const bill = billOf(energy, price, fee);
          expect(checkCdr(bill, evidence).verdict).toBe('agrees');
          if (error === 0) return;
          const exclVat = cents(Math.round(Number(bill.totalCost.exclVat) * 100) + error);
          const { verdict, differences } = checkCdr({ ...bill, totalCost: { exclVat } }, evidence);
          expect(verdict).toBe('differs');
          expect(differences[0]).toMatchObject({
            code: 'TOTAL_EXCL_VAT',
            path: 'totalCost.exclVat',
            stated: exclVat,
            amount: cents(error),
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each<[string, Partial<PartnerCdr>, readonly string[]]>([
    ['VAT that is wrong', { totalCost: { exclVat: '9.27', inclVat: '11.04' } }, ['TOTAL_INCL_VAT']],
    ['energy that the periods do not have', { totalEnergy: '14.5' }, ['ENERGY_OF_PERIODS']],
    [
      'a time that is not that of the session',
      { totalTime: '2' },
      ['TIME_OF_SESSION', 'TIME_OF_PERIODS'],
    ],
    ['a parking time of its own', { totalParkingTime: '0.5' }, ['PARKING_TIME_OF_PERIODS']],
    [
      'a cost of energy of its own',
      { totalEnergyCost: { exclVat: '7.27' } },
      ['ENERGY_COST', 'PARTS_OF_TOTAL'],
    ],
    ['a fee of its own', { totalFixedCost: { exclVat: '0' } }, ['FIXED_COST', 'PARTS_OF_TOTAL']],
    [
      'a cost of parking of its own',
      { totalParkingCost: { exclVat: '9' } },
      ['PARKING_COST', 'PARTS_OF_TOTAL'],
    ],
    [
      'a cost of time of its own',
      { totalTimeCost: { exclVat: '1' } },
      ['TIME_COST', 'PARTS_OF_TOTAL'],
    ],
  ])('a CDR with %s differs by name', (_what, change, codes) => {
    expect(codesOf({ ...cdr, ...change })).toEqual(codes);
  });

  it('a period before the start or after the end of the CDR is named', () => {
    const [first, ...others] = cdr.chargingPeriods;
    if (first === undefined) throw new Error('The golden CDR has periods.');
    const early = { ...first, startDateTime: '2026-03-11T07:00:00.000Z' };
    expect(codesOf({ ...cdr, chargingPeriods: [early, ...others] })).toContain('PERIODS_OUTSIDE');
  });

  it.each<[string, Partial<PartnerSession>, string]>([
    ['another energy', { kwh: '14.3' }, 'SESSION_ENERGY'],
    ['another cost', { totalCost: { exclVat: '9.26' } }, 'SESSION_COST'],
    ['another currency', { currency: 'SEK' }, 'SESSION_CURRENCY'],
    [
      'another driver',
      { cdrToken: { ...session.cdrToken, contractId: 'DE-EMS-C1' } },
      'SESSION_TOKEN',
    ],
    ['another place', { evseUid: 'L17-E2' }, 'SESSION_PLACE'],
  ])('a session with %s makes the CDR differ', (_what, change, code) => {
    expect(codesOf(cdr, { session: { ...session, ...change } })).toEqual([code]);
  });

  it('the cost of a session that still runs is not compared', () => {
    const running = { ...session, status: 'ACTIVE', totalCost: { exclVat: '1' } };
    expect(codesOf(cdr, { session: running })).toEqual([]);
  });

  it('the energy of a session that still runs, or whose end comes after its CDR, is less; more than the CDR is a difference', () => {
    const running = { ...session, status: 'ACTIVE', kwh: '0.5' };
    expect(codesOf(cdr, { session: running })).toEqual([]);
    const more = { ...running, kwh: '999.5' };
    expect(codesOf(cdr, { session: more })).toEqual(['SESSION_ENERGY']);
  });

  it('a CDR without a tariff is checked as far as possible, and its price is open', () => {
    const bare = {
      ...cdr,
      tariffs: [],
      chargingPeriods: cdr.chargingPeriods.map(({ tariffId: _, ...period }) => period),
    };
    expect(checkCdr(bare, evidence)).toMatchObject({
      verdict: 'unpriced',
      price: { reason: 'It carries no tariff.' },
    });
    expect(checkCdr({ ...bare, totalEnergy: '9' }, evidence).verdict).toBe('differs');
  });

  it('a tariff that is named but not carried is taken from those that are known', () => {
    const bare = { ...cdr, tariffs: [] };
    expect(checkCdr(bare, evidence)).toMatchObject({ verdict: 'unpriced' });
    expect(checkCdr(bare, { ...evidence, tariffs: cdr.tariffs }).verdict).toBe('agrees');
  });

  it('a tariff that changed after the session began, and is not carried, is no ground for a dispute, but agrees where it does', () => {
    const bare = { ...cdr, tariffs: [] };
    const lastUpdated = new Date(Date.parse(cdr.startDateTime) + 60_000).toISOString();
    const touched = cdr.tariffs.map((tariff) => ({ ...tariff, lastUpdated }));
    expect(checkCdr(bare, { ...evidence, tariffs: touched }).verdict).toBe('agrees');
    const dearer = touched.map((tariff) => ({
      ...tariff,
      elements: tariff.elements.map((element) => ({
        ...element,
        priceComponents: element.priceComponents.map((one) => ({ ...one, price: '9.99' })),
      })),
    }));
    expect(checkCdr(bare, { ...evidence, tariffs: dearer })).toMatchObject({
      ...{ verdict: 'unpriced', differences: [] },
      price: { reason: expect.stringContaining('changed after the session began') },
    });
    // The same prices from before its start, or in the CDR itself, are what it ought to have.
    const before = dearer.map((tariff) => ({ ...tariff, lastUpdated: cdr.startDateTime }));
    expect(codesOf(bare, { tariffs: before })).toContain('TOTAL_EXCL_VAT');
    expect(codesOf({ ...cdr, tariffs: dearer })).toContain('TOTAL_EXCL_VAT');
  });

  it('periods under several tariffs are not priced with one of them', () => {
    const [first, ...others] = cdr.chargingPeriods;
    if (first === undefined) throw new Error('The golden CDR has periods.');
    const mixed = { ...cdr, chargingPeriods: [{ ...first, tariffId: 'T-OTHER' }, ...others] };
    expect(checkCdr(mixed, evidence).verdict).toBe('unpriced');
  });

  it('a tariff that our engine does not know how to price is a reason, and no failure', () => {
    const [tariff] = cdr.tariffs;
    if (tariff === undefined) throw new Error('The golden CDR has a tariff.');
    const strange = { ...tariff, currency: 'SEK' };
    expect(checkCdr({ ...cdr, tariffs: [strange] }, evidence)).toMatchObject({
      verdict: 'unpriced',
    });
  });
});

describe('a credit', () => {
  it('a credit and its CDR are nothing together', () => {
    expect(checkCredit(credit, cdr)).toEqual([]);
  });

  it.each<[string, Partial<PartnerCdr>, object]>([
    ['of another CDR', { creditReferenceId: 'C-1' }, { code: 'CREDIT_REFERENCE' }],
    ['in another currency', { currency: 'SEK' }, { code: 'CREDIT_CURRENCY' }],
    [
      'of another driver',
      { cdrToken: { ...cdr.cdrToken, contractId: 'X' } },
      { code: 'CREDIT_TOKEN' },
    ],
    [
      'of another amount',
      { totalCost: { exclVat: '-9', inclVat: '-11.03' } },
      { code: 'CREDIT_TOTAL', expected: '-9.27', amount: '0.27' },
    ],
  ])('a credit %s differs by name', (_what, change, difference) => {
    expect(checkCredit({ ...credit, ...change }, cdr)).toMatchObject([difference]);
  });
});

describe('a CDR whose tariff has a price in words that nobody knows', () => {
  it('it is not priced, instead of as if that price was not there', () => {
    const bill = billOf(100, 50, 100);
    const tariffs = bill.tariffs.map((tariff) => ({
      ...tariff,
      elements: tariff.elements.map((element) => ({
        ...element,
        priceComponents: element.priceComponents.map((component) =>
          component.type === 'FLAT' ? { ...component, type: 'SESSION_TIME' } : component,
        ),
      })),
    }));
    expect(priceOfCdr(bill, [], timeZone).kind).toBe('priced');
    expect(priceOfCdr({ ...bill, tariffs }, [], timeZone)).toEqual({
      kind: 'unpriced',
      reason: expect.stringContaining('SESSION_TIME'),
    });
  });
});
