import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const havePartner = async (version = '2.3.0'): Promise<CpoPartner> => {
  const operator = await haveEmsp(database);
  await operator.call('POST', '/tokens', { tokenId: '04A2B3C4D5' });
  return await haveCpo(database, operator, version);
};

const module = 'invoicereconciliation';
const invoice = (more: object = {}) => goldenDocument('2.3.0', 'invoiceRecord', more);
const at = `${module}/DE/JNA/IR-2026-03`;

const listed = async ({ operator }: CpoPartner) =>
  (await operator.call('GET', '/roaming/invoices')).body.items ?? [];

describe('invoices of a partner of OCPI 2.3.0', () => {
  it('a record is posted once, read back, changed and taken back', async () => {
    const partner = await havePartner();
    expect((await partner.send('POST', module, invoice())).http).toBe(201);
    expect((await partner.send('POST', module, invoice())).http).toBe(200);
    const other = await partner.send('POST', module, invoice({ invoice_id: 'INV-9' }));
    expect(other).toMatchObject({ http: 200, statusCode: 2001 });
    expect((await partner.send('GET', at)).data).toEqual(invoice());

    const changed = invoice({ invoice_id: 'INV-9', last_updated: '2026-04-03T08:00:00Z' });
    expect((await partner.send('PUT', at, changed)).http).toBe(200);
    expect((await partner.send('PUT', at, invoice())).statusCode).toBe(1000);
    expect(await listed(partner)).toMatchObject([
      { invoiceId: 'INV-9', recordId: 'IR-2026-03', cdrs: 1, partnerId: partner.partnerId },
    ]);
    expect((await partner.send('DELETE', at)).http).toBe(200);
    expect((await partner.send('DELETE', at)).http).toBe(200);
    expect((await partner.send('GET', at)).http).toBe(404);
    expect(await listed(partner)).toEqual([]);
    expect((await partner.send('PUT', at, changed)).http).toBe(201);
    expect(await listed(partner)).toHaveLength(1);
  });

  it('a record is held against the CDRs that it bills: exact sums, those that are missing, those that differ', async () => {
    const partner = await havePartner();
    const cdr = (id: string, more: object = {}) =>
      goldenDocument('2.3.0', 'cdr', { id, session_id: `S-${id}`, ...more });
    for (const sent of [cdr('A'), cdr('B', { total_energy: 99 }), cdr('NOT-BILLED')]) {
      expect((await partner.send('POST', 'cdrs', sent)).http).toBe(201);
    }
    // More than are read at once.
    const lost = Array.from({ length: 150 }, (_, n) => `LOST-${n}`);
    await partner.send('POST', module, invoice({ cdrs: ['A', ...lost, 'b', 'a'] }));

    const [{ roamingInvoiceId } = {}] = await listed(partner);
    const { body } = await partner.operator.call('GET', `/roaming/invoices/${roamingInvoiceId}`);
    const lists = { missing: lost, differing: ['b'], otherReference: [] };
    expect(body).toMatchObject({ ...lists, invoiceId: 'INV-2026-03' });
    expect(body['sums']).toEqual([
      {
        ...{ currency: 'EUR', vatPercent: '19', cdrs: 2, energyKwh: '113.25' },
        ...{ exclVat: '18.54', vat: '3.52', inclVat: '22.06' },
      },
    ]);
    const shown = await partner.operator.call('GET', '/roaming/cdrs');
    expect(shown.body.items?.[0]).toMatchObject({ invoiceReferenceId: 'INV-2026-03' });
    for (const id of ['rin_x', 'x']) {
      const unknown = await partner.operator.call('GET', `/roaming/invoices/${id}`);
      expect(unknown.code).toBe('INVOICE_NOT_FOUND');
    }
  });

  it('a CDR that two invoices bill, or one twice, is named by both, until one is changed or taken back', async () => {
    const partner = await havePartner();
    const other = await haveCpo(database, partner.operator, '2.3.0', 'OTH');
    const record = (id: string, invoice_id: string, cdrs: readonly string[], more: object = {}) =>
      invoice({ id, invoice_id, cdrs, ...more });
    await partner.send('POST', 'cdrs', goldenDocument('2.3.0', 'cdr', { id: 'A' }));
    await Promise.all([
      partner.send('POST', module, record('R-1', 'INV-1', ['A', 'B', 'C', 'c'])),
      partner.send('POST', module, record('R-2', 'INV-2', ['a', 'D'])),
      // The same ids are other CDRs at another party.
      other.send('POST', module, record('R-3', 'INV-3', ['A', 'D'], { party_id: 'OTH' })),
    ]);
    const shown = async () => {
      const read = await Promise.all(
        (await listed(partner)).map(async ({ roamingInvoiceId }) => {
          return await partner.operator.call('GET', `/roaming/invoices/${roamingInvoiceId}`);
        }),
      );
      return Object.fromEntries(read.map(({ body }) => [body['invoiceId'], body['billedTwice']]));
    };
    const own = { cdrId: 'c', invoiceIds: ['INV-1'] };
    expect(await shown()).toEqual({
      'INV-1': [{ cdrId: 'A', invoiceIds: ['INV-2'] }, own],
      'INV-2': [{ cdrId: 'a', invoiceIds: ['INV-1'] }],
      'INV-3': [],
    });
    const last_updated = '2026-05-01T00:00:00Z';
    const changed = record('R-2', 'INV-2', ['D', 'B'], { last_updated });
    await partner.send('PUT', `${module}/DE/JNA/R-2`, changed);
    expect(await shown()).toMatchObject({
      'INV-1': [{ cdrId: 'B', invoiceIds: ['INV-2'] }, own],
      'INV-2': [{ cdrId: 'B', invoiceIds: ['INV-1'] }],
    });
    await partner.send('DELETE', `${module}/DE/JNA/R-1`);
    expect(await shown()).toEqual({ 'INV-2': [], 'INV-3': [] });
  });

  it('a record of another party, or without CDRs, is refused by name, and older versions have no such module', async () => {
    const partner = await havePartner();
    for (const [party, field] of [
      [{ party_id: 'XXX' }, 'party_id'],
      [{ country_code: 'AT' }, 'country_code'],
    ] as const) {
      const theirs = await partner.send('POST', module, invoice(party));
      expect([theirs.statusCode, theirs.message]).toEqual([
        2001,
        expect.stringContaining(`${field}: The party`),
      ]);
    }
    expect((await partner.send('PUT', `${module}/DE/XXX/IR-1`, invoice())).http).toBe(404);
    expect((await partner.send('PUT', `${module}/DE/JNA/IR-1`, invoice())).statusCode).toBe(2001);
    for (const name of ['id', 'invoice_id', 'cdrs', 'last_updated']) {
      const { [name]: _, ...others } = invoice();
      const answer = await partner.send('POST', module, others);
      expect([name, answer.statusCode, answer.message]).toEqual([
        ...[name, 2001],
        expect.stringContaining(name),
      ]);
    }
    for (const cdrs of [[], [null]]) {
      for (const [method, place] of [
        ['POST', module],
        ['PUT', at],
      ] as const) {
        const { statusCode, message } = await partner.send(method, place, invoice({ cdrs }));
        expect([method, cdrs, statusCode, message]).toEqual([
          ...[method, cdrs, 2001],
          expect.stringContaining('cdrs'),
        ]);
      }
    }
    expect(await listed(partner)).toEqual([]);
    const older = await havePartner('2.2.1');
    expect((await older.send('POST', module, invoice())).http).toBe(404);
  });
});
