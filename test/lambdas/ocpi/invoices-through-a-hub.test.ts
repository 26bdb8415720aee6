import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenValue } from '../../../build/ocpi/golden-objects.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { writePublication } from '../../../lambdas/store/partners/publications.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import type { Golden } from './golden-document.ts';
import { driversParty, haveHub, hubParty, ours } from './hub-double.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const otherDrivers = 'SE EME';
const golden = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;

const partyOf = (name: string) => {
  const [countryCode = '', partyId = ''] = name.split(' ');
  return { countryCode, partyId };
};

describe('invoices through a hub of OCPI 2.3.0', () => {
  it('an invoice bills the drivers of one party behind the hub, and that party alone and the hub see it', async () => {
    const operator = await newOperator(database);
    const hub = await haveHub(database, operator, '2.3.0');
    const { partnerId } = hub;
    const list = { operatorId: operator.operatorId, scope: partnerId, module: 'cdrs' } as const;
    for (const [id, drivers] of [
      ['C-1', driversParty],
      ['C-2', otherDrivers],
      ['C-3', driversParty],
    ] as const) {
      const lastUpdated = '2026-03-11T20:00:00.000Z';
      const cdrToken = { ...golden.cdrToken, ...partyOf(drivers) };
      const cdr = { ...golden, ...partyOf(ours), id, endDateTime: lastUpdated, cdrToken };
      const shown = { objectId: id, lastUpdated, object: { kind: 'cdr', cdr, lastUpdated } };
      await writePublication(database, list, undefined, shown);
    }
    const issue = async (more: object) =>
      await operator.call('POST', `/partners/${partnerId}/invoices`, {
        ...{ invoiceNumber: 'R-1', month: '2026-03', currency: 'EUR', ...more },
      });
    const everybody = await issue({});
    expect([everybody.code, JSON.stringify(everybody.body)]).toEqual([
      'INVALID_REQUEST',
      expect.stringContaining('body.forParty'),
    ]);
    const { body } = await issue({ forParty: partyOf(driversParty) });
    expect(body['cdrIds']).toEqual(['C-1', 'C-3']);
    expect((await issue({ forParty: partyOf(otherDrivers) })).code).toBe('INVOICE_NUMBER_USED');

    const seenBy = async (from: string) => {
      const answer = await hub.send('GET', 'cpo/invoicereconciliation', { to: ours, from });
      return (answer.data as readonly Golden[]).map(({ invoice_id }) => invoice_id);
    };
    expect(await seenBy(driversParty)).toEqual(['R-1']);
    expect(await seenBy(otherDrivers)).toEqual([]);
    expect(await seenBy(hubParty)).toEqual(['R-1']);
  });
});
