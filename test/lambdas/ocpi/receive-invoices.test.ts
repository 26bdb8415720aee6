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
    await partner.send('POST', module, invoice({ cdrs: ['A', 'b', 'a', 'LOST'] }));

    const [{ roamingInvoiceId } = {}] = await listed(partner);
    const { body } = await partner.operator.call('GET', `/roaming/invoices/${roamingInvoiceId}`);
    expect(body).toMatchObject({ missing: ['LOST'], differing: ['b'], invoiceId: 'INV-2026-03' });
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

  it('a record of another party, or without CDRs, is refused by name, and older versions have no such module', async () => {
    const partner = await havePartner();
    const theirs = await partner.send('POST', module, invoice({ party_id: 'XXX' }));
    expect([theirs.statusCode, theirs.message]).toEqual([
      2001,
      expect.stringContaining('party_id'),
    ]);
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
    expect(await listed(partner)).toEqual([]);
    const older = await havePartner('2.2.1');
    expect((await older.send('POST', module, invoice())).http).toBe(404);
  });
});
