import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenValue } from '../../../build/ocpi/golden-objects.ts';
import { sumOf } from '../../../core/ocpi/common/decimal-text.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { writePublication } from '../../../lambdas/store/partners/publications.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import { goldenDocument } from '../ocpi/golden-document.ts';
import { receivedCdr } from '../ocpi/received-cdr.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Row = { readonly [name: string]: string | number | null };

const havePartner = async (): Promise<CpoPartner> => {
  const operator = await haveEmsp(database);
  await operator.call('POST', '/tokens', { tokenId: '04A2B3C4D5' });
  return await haveCpo(database, operator, '2.2.1');
};

const settlementOf = async ({ operator, partnerId }: CpoPartner, month: string) => {
  const at = `/partners/${partnerId}/settlements/${month}`;
  const { body } = await operator.call('GET', at);
  return { sums: body['sums'] as readonly Row[], cdrs: body['cdrs'] as readonly Row[] };
};

/** A CDR of ours that a partner was shown. */
const show = async ({ operator, partnerId }: CpoPartner, cdr: PartnerCdr) => {
  const list = { operatorId: operator.operatorId, scope: partnerId, module: 'cdrs' } as const;
  const lastUpdated = cdr.endDateTime;
  const object = { kind: 'cdr', cdr, lastUpdated };
  const shown = { objectId: cdr.id, lastUpdated, object };
  expect(await writePublication(database, list, undefined, shown)).toBe('written');
};

const original = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;

type Element = { readonly price_components: readonly { readonly type: string }[] };

/** A CDR with 19 percent of VAT on energy and 7 on the time after it. */
const ofTwoRates = (
  id: string,
  { excl_vat, incl_vat, ...more }: { excl_vat: number; incl_vat: number; [name: string]: unknown },
) => {
  const document = goldenDocument('2.2.1', 'cdr', {
    id,
    total_cost: { excl_vat, incl_vat },
    ...more,
  });
  const [tariff] = document['tariffs'] as readonly { readonly elements: readonly Element[] }[];
  const elements = tariff?.elements.map(({ price_components, ...element }) => ({
    ...element,
    price_components: price_components.map((one) =>
      one.type === 'PARKING_TIME' ? { ...one, vat: 7 } : one,
    ),
  }));
  return { ...document, tariffs: [{ ...tariff, elements }] };
};

describe('the settlement with a partner', () => {
  it('both directions are summed by currency and VAT rate, a credit takes back amount and energy, and other months are others', async () => {
    const partner = await havePartner();
    const cdr = (id: string, more: object = {}) =>
      goldenDocument('2.2.1', 'cdr', { id, session_id: `S-${id}`, ...more });
    for (const sent of [
      cdr('A'),
      cdr('B'),
      cdr('A-C', {
        ...{ session_id: 'S-A', credit: true, credit_reference_id: 'A' },
        total_cost: { excl_vat: -9.27, incl_vat: -11.03 },
      }),
      cdr('F', { currency: 'CHF' }),
      cdr('NEXT', { end_date_time: '2026-04-01T00:00:00Z' }),
    ]) {
      expect((await partner.send('POST', 'cdrs', sent)).http).toBe(201);
    }
    await show(partner, { ...original, id: 'OURS-1' });
    await show(partner, { ...original, id: 'OURS-2', endDateTime: '2026-04-01T00:00:00.000Z' });

    const { sums, cdrs } = await settlementOf(partner, '2026-03');
    const undisputed = { differingCdrs: 0, differingExclVat: '0' };
    expect(sums).toEqual([
      {
        ...undisputed,
        ...{ direction: 'payable', currency: 'CHF', vatPercent: '19', cdrs: 1 },
        ...{ energyKwh: '14.25', exclVat: '9.27', vat: '1.76', inclVat: '11.03' },
      },
      {
        ...undisputed,
        ...{ direction: 'payable', currency: 'EUR', vatPercent: '19', cdrs: 3 },
        ...{ energyKwh: '14.25', exclVat: '9.27', vat: '1.76', inclVat: '11.03' },
      },
      {
        ...undisputed,
        ...{ direction: 'receivable', currency: 'EUR', vatPercent: '19', cdrs: 1 },
        ...{ energyKwh: '14.25', exclVat: '9.27', vat: '1.76', inclVat: '11.03' },
      },
    ]);
    expect(cdrs.map(({ cdrId }) => cdrId).toSorted()).toEqual(['A', 'A-C', 'B', 'F', 'OURS-1']);
    const next = await settlementOf(partner, '2026-04');
    expect(next.cdrs.map(({ cdrId }) => cdrId).toSorted()).toEqual(['NEXT', 'OURS-2']);
    expect((await settlementOf(partner, '2026-05')).sums).toEqual([]);
  });

  it('a CDR of several VAT rates and its credit are nothing at each rate, in the settlement and on the statement of the driver’s account', async () => {
    const operator = await haveEmsp(database);
    const token = { tokenId: '04A2B3C4D5', accountId: 'DRIVERS' };
    expect((await operator.call('POST', '/tokens', token)).status).toBe(201);
    const partner = await haveCpo(database, operator, '2.2.1');
    for (const sent of [
      ofTwoRates('A', { excl_vat: 9.27, incl_vat: 10.74 }),
      ofTwoRates('A-C', {
        ...{ excl_vat: -9.27, incl_vat: -10.74 },
        ...{ credit: true, credit_reference_id: 'A' },
      }),
    ]) {
      expect((await partner.send('POST', 'cdrs', sent)).http).toBe(201);
    }
    const nothing = { exclVat: '0', vat: '0', inclVat: '0' };
    const { sums } = await settlementOf(partner, '2026-03');
    expect(sums).toMatchObject([
      { vatPercent: '19', cdrs: 2, ...nothing },
      { vatPercent: '7', cdrs: 2, ...nothing },
    ]);
    const { body } = await operator.call('GET', '/accounts/DRIVERS/statements/2026-03');
    const [sum] = body['sums'] as readonly { readonly vat: readonly Row[] }[];
    const zero = { exclVat: '0.00', vat: '0.00', inclVat: '0.00' };
    expect(sum?.vat).toEqual([
      { vatPercent: '19', ...zero },
      { vatPercent: '7', ...zero },
    ]);
  });

  type Bill = {
    readonly digits: number;
    readonly places: number;
    readonly currency: string;
    readonly credits: number;
    readonly isOurs: boolean;
  };

  const totalOf = ({ digits, places }: Bill): string => (digits / 10 ** places).toFixed(places);

  /** A CDR and its credits, of which a second one is one too many. */
  const documentsOf = (bill: Bill, n: number) => {
    const credits = Array.from({ length: bill.credits }, (_, at) => `C-${n}-${at}`);
    return [`C-${n}`, ...credits].map((id, at) => {
      const amount = Number(totalOf(bill)) * (at === 0 ? 1 : -1);
      const credit = at === 0 ? {} : { credit: true, credit_reference_id: `C-${n}` };
      const total_cost = { excl_vat: amount, incl_vat: amount };
      const more = { session_id: `S-${n}`, currency: bill.currency, total_cost, ...credit };
      return goldenDocument('2.2.1', 'cdr', { id, ...more });
    });
  };

  const send = async (partner: CpoPartner, bill: Bill, n: number): Promise<void> => {
    for (const sent of documentsOf(bill, n)) {
      if (bill.isOurs) await show(partner, receivedCdr(sent));
      else expect((await partner.send('POST', 'cdrs', sent)).http).toBe(201);
    }
  };

  const groups = ['receivable EUR', 'receivable SEK', 'payable EUR', 'payable SEK'];
  const groupOf = ({ isOurs, currency }: Bill): string =>
    `${isOurs ? 'receivable' : 'payable'} ${currency}`;

  const exactly = (bills: readonly Bill[]): string =>
    sumOf(
      bills.flatMap((bill) => {
        const back = Array.from({ length: bill.credits }, () => `-${totalOf(bill)}`);
        return [totalOf(bill), ...back];
      }),
    );

  it('sums equal the CDRs of both directions to the last digit, with credits and second credits, whatever a partner states', async () => {
    const bills: fc.Arbitrary<Bill[]> = fc.array(
      fc.record({
        ...{ digits: fc.nat(1_000_000), places: fc.nat(4), credits: fc.nat(2) },
        ...{ currency: fc.constantFrom('EUR', 'SEK'), isOurs: fc.boolean() },
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(bills, async (stated) => {
        const partner = await havePartner();
        for (const [n, bill] of stated.entries()) await send(partner, bill, n);
        const { sums, cdrs } = await settlementOf(partner, '2026-03');
        expect(cdrs).toHaveLength(stated.reduce((sum, { credits }) => sum + 1 + credits, 0));
        for (const group of groups) {
          const meant = stated.filter((bill) => groupOf(bill) === group);
          const rows = sums.filter(
            ({ direction, currency }) => group === `${direction} ${currency}`,
          );
          const amounts = rows.map(({ exclVat, inclVat }) => [exclVat, inclVat]);
          const exact = exactly(meant);
          expect(amounts).toEqual(meant.length === 0 ? [] : [[exact, exact]]);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('CDRs that differ are in the sums as they are stated, and how much that is is stated with them', async () => {
    const partner = await havePartner();
    const cdr = (id: string, more: object = {}) => goldenDocument('2.2.1', 'cdr', { id, ...more });
    const back = { excl_vat: -9.27, incl_vat: -11.03 };
    const credit = { credit: true, credit_reference_id: 'A', total_cost: back };
    for (const sent of [cdr('A'), cdr('A-C', credit), cdr('A-D', credit)]) {
      await partner.send('POST', 'cdrs', sent);
    }
    const { sums, cdrs } = await settlementOf(partner, '2026-03');
    expect(sums).toMatchObject([
      { cdrs: 3, exclVat: '-9.27', differingCdrs: 2, differingExclVat: '-18.54' },
    ]);
    // The month was long over when they came.
    expect(cdrs.map(({ isLate }) => isLate)).toEqual([true, true, true]);
  });

  it('the sums are also a CSV, and all of it a page to be printed, in which texts of the partner are harmless', async () => {
    const partner = await havePartner();
    const id = '<b>"C"</b>';
    await partner.send('POST', 'cdrs', goldenDocument('2.2.1', 'cdr', { id }));
    const at = `/partners/${partner.partnerId}/settlements/2026-03`;

    const csv = await partner.operator.call('GET', `${at}/csv`);
    expect(String(csv.body).split('\r\n')).toEqual([
      'partnerId,direction,month,currency,vatPercent,cdrs,energyKwh,exclVat,vat,inclVat,differingCdrs,differingExclVat',
      `${partner.partnerId},payable,2026-03,EUR,19,1,14.25,9.27,1.76,11.03,0,0`,
      '',
    ]);
    const page = String((await partner.operator.call('GET', `${at}/page`)).body);
    expect(page).toContain('We owe the partner');
    expect(page).not.toContain('The partner owes us');
    expect(page).toContain('&lt;b&gt;');
    expect(page).not.toContain(id);
    for (const month of ['2026-13', 'x', '2026-3']) {
      const refused = await partner.operator.call(
        'GET',
        `/partners/${partner.partnerId}/settlements/${month}`,
      );
      expect(refused.code).toBe('INVALID_REQUEST');
    }
  });
});

describe('the statement of an account whose drivers charge at partners', () => {
  it('it has their CDRs with those that are credited, as the partner states them, and the same sums as JSON, CSV and page', async () => {
    const operator = await haveEmsp(database);
    await operator.call('POST', '/accounts', { accountId: 'ada', name: 'Ada', currency: 'EUR' });
    await operator.call('POST', '/tokens', { tokenId: '04A2B3C4D5', accountId: 'ada' });
    const partner = await haveCpo(database, operator, '2.2.1');
    const old = await haveCpo(database, operator, '2.1.1', 'OLD');
    const place = goldenDocument('2.2.1', 'location', { id: 'L-17' });
    expect((await partner.send('PUT', 'locations/DE/JNA/L-17', place)).http).toBe(201);
    const cdr = (id: string, more: object = {}) =>
      goldenDocument('2.2.1', 'cdr', { id, session_id: `S-${id}`, ...more });
    for (const sent of [
      cdr('A'),
      cdr('B', { total_cost: { excl_vat: 9.2701, incl_vat: 11.0314 } }),
      cdr('B-C', {
        ...{ session_id: 'S-B', credit: true, credit_reference_id: 'B' },
        total_cost: { excl_vat: -9.2701, incl_vat: -11.0314 },
      }),
      // In its time zone it ended in April.
      cdr('NEXT', { end_date_time: '2026-03-31T22:30:00Z' }),
    ]) {
      expect((await partner.send('POST', 'cdrs', sent)).http).toBe(201);
    }
    const withoutVat = goldenDocument('2.1.1', 'cdr', { id: 'V', auth_id: '04A2B3C4D5' });
    expect((await old.send('POST', 'cdrs', withoutVat)).http).toBe(201);

    const at = '/accounts/ada/statements/2026-03';
    const { body } = await operator.call('GET', at);
    const stated = Number(withoutVat['total_cost']).toFixed(2);
    expect(body['cdrs']).toEqual([]);
    const bills = body['roaming'] as readonly Row[];
    expect(bills.map(({ cdrId }) => cdrId).toSorted()).toEqual(['A', 'B', 'B-C', 'V']);
    expect(bills.find(({ cdrId }) => cdrId === 'B-C')).toMatchObject({
      ...{ partnerId: partner.partnerId, verdict: 'agrees', creditOf: 'B', energyKwh: -14.25 },
      total: { currency: 'EUR', exclVat: '-9.2701', inclVat: '-11.0314' },
    });
    expect(body['sums']).toMatchObject([
      {
        ...{ currency: 'EUR', sessions: 2 },
        vat: [
          { vatPercent: '19', exclVat: '9.27', vat: '1.76', inclVat: '11.03' },
          { vatPercent: null, exclVat: stated, vat: '0.00', inclVat: stated },
        ],
      },
    ]);
    const csv = String((await operator.call('GET', `${at}/csv`)).body).split('\r\n');
    expect(csv[0]).toMatch(/,creditOf,partnerId,verdict$/);
    expect(csv.find((line) => line.startsWith('B-C,'))).toContain(
      `,-14.25,EUR,-9.2701,-1.7613,-11.0314,B,${partner.partnerId},agrees`,
    );
    const page = String((await operator.call('GET', `${at}/page`)).body);
    expect(page).toContain('At roaming partners');
    expect(page).toContain('B-C (credit)');
    const listed = await operator.call('GET', '/roaming/cdrs?accountId=ada&verdict=agrees');
    expect(listed.body.items?.map(({ accountId }) => accountId)).toContain('ada');
    expect((await operator.call('GET', '/roaming/cdrs?accountId=bob')).body.items).toEqual([]);
    expect((await operator.call('GET', '/accounts/bob/statements/2026-03')).code).toBe(
      'ACCOUNT_NOT_FOUND',
    );
  });
});
