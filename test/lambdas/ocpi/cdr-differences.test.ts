import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

describe.each([...ocpiVersions])('a CDR of OCPI %s that differs', (version) => {
  it('a difference has the path of the field in the words of the partner', async () => {
    const operator = await haveEmsp(database);
    const partner = await haveCpo(database, operator, version);
    const costs = {
      ...{ '2.1.1': 99, '2.2.1': { excl_vat: 99, incl_vat: 99 } },
      '2.3.0': { before_taxes: 99 },
    };
    const golden = goldenDocument(version, 'cdr', { total_cost: costs[version] });
    // 2.1.1 has two words for a type that says nothing.
    const place = { location: { ...(golden['location'] as object), type: 'UNKNOWN' } };
    const document = version === '2.1.1' ? { ...golden, ...place } : golden;
    await partner.send('POST', 'cdrs', document);
    const { body } = await operator.call('GET', '/roaming/cdrs?verdict=differs');
    const [one] = body.items ?? [];
    const paths = ((one?.['differences'] ?? []) as readonly Golden[]).map(({ path }) => path);
    const totals = {
      ...{ '2.1.1': 'total_cost', '2.2.1': 'total_cost.excl_vat' },
      '2.3.0': 'total_cost.before_taxes',
    };
    expect(paths).toContain(totals[version]);
    expect(paths.filter((path) => /[A-Z]/.test(String(path)))).toEqual([]);
  });
});
