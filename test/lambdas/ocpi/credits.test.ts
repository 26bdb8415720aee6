import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';
import { haveDrivers, ordersOf, verdictAt } from './received-verdicts.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const version = '2.2.1';
const total = goldenDocument(version, 'cdr')['total_cost'] as Record<string, number>;

const cdr = (id: string, more: object = {}): Golden =>
  goldenDocument(version, 'cdr', { id, ...more });

/** A credit of a CDR; `share` of its total, in hundredths. */
const credit = (id: string, of: string, share = 100, more: object = {}): Golden =>
  cdr(id, {
    ...{ credit: true, credit_reference_id: of },
    total_cost: {
      excl_vat: -(Number(total['excl_vat']) * share) / 100,
      incl_vat: -(Number(total['incl_vat']) * share) / 100,
    },
    ...more,
  });

const post = async (partner: CpoPartner, document: Golden) =>
  (await partner.send('POST', 'cdrs', document)).location;

const havePartner = async (operator?: CpoPartner['operator'], partyId = 'JNA') =>
  await haveCpo(
    database,
    operator ?? (await haveDrivers(await haveEmsp(database))),
    version,
    partyId,
  );

const codesAt = async (partner: CpoPartner, places: readonly (string | undefined)[]) =>
  await Promise.all(places.map(async (at) => (await verdictAt(database, partner, at)).codes));

describe('a credit of a partner', () => {
  it('two credits of one CDR differ both, whatever share each takes back, in whatever order all three came', async () => {
    const partner = await havePartner();
    for (const [n, order] of ordersOf(['C', 'X', 'Y']).entries()) {
      const [id, session_id] = [`C-${n}`, `S-${n}`];
      const share = n % 2 === 0 ? 100 : 60;
      const documents: Record<string, Golden> = {
        C: cdr(id, { session_id }),
        X: credit(`${id}-X`, id.toLowerCase(), share, { session_id }),
        Y: credit(`${id}-Y`, id, share, { session_id }),
      };
      const places = new Map<string, string | undefined>();
      for (const one of order) places.set(one, await post(partner, documents[one] ?? {}));
      const codes = await codesAt(
        partner,
        [...'CXY'].map((one) => places.get(one)),
      );
      const parts = share === 100 ? [] : ['CREDIT_TOTAL', 'CREDIT_TOTAL'];
      const each = [...parts, 'CREDIT_REPEATED'];
      expect([order, codes]).toEqual([order, [[], each, each]]);
    }
  });

  it('the second credit of a CDR that a credit of 2.1.1 took back, which names none, differs', async () => {
    const operator = await haveDrivers(await haveEmsp(database));
    const partner = await haveCpo(database, operator, '2.1.1', 'JNA', { negativeCredits: true });
    const document = (id: string, sign: number): Golden => {
      const whole = goldenDocument('2.1.1', 'cdr');
      return { ...whole, id, total_cost: sign * Number(whole['total_cost']) };
    };
    const places: (string | undefined)[] = [];
    for (const [id, sign] of [
      ['C-1-D', -1],
      ['C-1', 1],
      ['C-1-C', -1],
    ] as const) {
      places.push(await post(partner, document(id, sign)));
    }
    expect(await codesAt(partner, places)).toEqual([['CREDIT_REPEATED'], [], []]);
  });

  it('one of a CDR of another party, or of no CDR, takes nothing back', async () => {
    const partner = await havePartner();
    const other = await havePartner(partner.operator, 'OTH');
    const own = await post(partner, cdr('C-1'));
    const again = await post(partner, cdr('C-2'));
    const theirs = await post(
      other,
      credit('C-1-C', 'C-1', 100, { party_id: 'OTH', session_id: undefined }),
    );
    expect(await codesAt(other, [theirs])).toEqual([['CREDIT_WITHOUT_CDR']]);
    expect(await codesAt(partner, [own, again])).toEqual([
      ['SESSION_BILLED_BEFORE'],
      ['SESSION_BILLED_BEFORE'],
    ]);
  });

  it('one of a credit, and one of itself, differ', async () => {
    const partner = await havePartner();
    await post(partner, cdr('C-1'));
    await post(partner, credit('C-1-C', 'C-1'));
    const ofCredit = await post(partner, credit('C-1-D', 'C-1-C'));
    const ofItself = await post(partner, credit('C-9', 'C-9', 100, { session_id: 'S-9' }));
    const [first = [], second = []] = await codesAt(partner, [ofCredit, ofItself]);
    expect([first[0], second[0]]).toEqual(['CREDIT_REFERENCE', 'CREDIT_REFERENCE']);
  });

  it('one that states another session than its CDR takes it back all the same', async () => {
    const partner = await havePartner();
    const places = [
      await post(partner, cdr('C-1')),
      await post(partner, cdr('C-2')),
      await post(partner, credit('C-1-C', 'C-1', 100, { session_id: 'S-OTHER' })),
    ];
    expect(await codesAt(partner, places)).toEqual([[], [], []]);
  });
});
