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

const start = Date.parse('2026-03-11T09:00:00Z');

/** So many charging periods of a second each that they are nearly a megabyte as text, most of them after the end of the CDR. */
const periods = Array.from({ length: 9_000 }, (_none, n) => ({
  start_date_time: new Date(start + n * 1000).toISOString().replace('.000', ''),
  dimensions: [{ type: 'ENERGY', volume: Number(((n * 7919) % 997) / 1e5) }],
}));

/** Text that cannot be packed, and is more than an item of the database holds. */
const random = Array.from({ length: 400_000 }, () => Math.random().toString(36).slice(2, 4));

describe.each([...ocpiVersions])('what a partner of OCPI %s sends at great length', (version) => {
  const havePartner = async () => await haveCpo(database, await haveEmsp(database), version);
  // 2.1.1 has two words for a type that says nothing; both are read as that.
  const golden = (name: string, more: object) => {
    const document = goldenDocument(version, name, more);
    return version === '2.1.1'
      ? { ...document, location: { ...(document['location'] as object), type: 'UNKNOWN' } }
      : document;
  };
  const periodsOf = (data: unknown) => (data as Golden)['charging_periods'] as readonly unknown[];

  it('a session of 9,000 charging periods, a megabyte, is kept whole, grows, and is shown', async () => {
    const { send, operator } = await havePartner();
    const session = golden('session', { charging_periods: periods });
    expect(JSON.stringify(session).length).toBeGreaterThan(800_000);
    const at = `sessions/DE/JNA/${String(session['id'])}`;

    expect((await send('PUT', at, session)).http).toBe(201);
    expect(periodsOf((await send('GET', at)).data)).toEqual(periods);
    const more = { start_date_time: '2026-03-11T12:00:00Z', dimensions: [] };
    const period = { ...more, dimensions: [{ type: 'ENERGY', volume: 1 }] };
    const patch = { charging_periods: [period], last_updated: '2026-05-01T08:00:00Z' };
    expect((await send('PATCH', at, patch)).statusCode).toBe(1000);
    expect(periodsOf((await send('GET', at)).data)).toEqual([...periods, period]);
    expect((await operator.call('GET', '/roaming/sessions')).body.items).toHaveLength(1);
    const large = {
      ...session,
      nltnm_large: random.join(''),
      last_updated: '2026-06-01T08:00:00Z',
    };
    expect((await send('PUT', at, large)).statusCode).toBe(2001);
    expect(periodsOf((await send('GET', at)).data)).toHaveLength(periods.length + 1);
  });

  it('a CDR of 9,000 charging periods is kept whole, judged, and shown with our price of each', async () => {
    const { send, operator } = await havePartner();
    const cdr = golden('cdr', { charging_periods: periods });

    const posted = await send('POST', 'cdrs', cdr);
    expect(posted.http).toBe(201);
    expect((await send('POST', 'cdrs', cdr)).location).toBe(posted.location);
    const path = `${posted.location}`.replace('https://ours.example/ocpi/', '');
    expect(periodsOf((await send('GET', `/${path}`)).data)).toHaveLength(periods.length);
    const [shown] = (await operator.call('GET', '/roaming/cdrs')).body.items ?? [];
    const id = String(shown?.['roamingCdrId']);
    const whole = await operator.call('GET', `/roaming/cdrs/${id}`);
    expect(whole.body['verdict']).toBe('differs');
    const named = (whole.body['differences'] as readonly { code: string }[]).map(
      ({ code }) => code,
    );
    expect(named).toContain('PERIODS_OUTSIDE');
    const large = { ...cdr, id: 'LARGE', nltnm_large: random.join('') };
    expect((await send('POST', 'cdrs', large)).statusCode).toBe(2001);
    expect((await operator.call('GET', '/roaming/cdrs')).body.items).toHaveLength(1);
  });
});

it('a CDR of 2.1.1 that fits with the location in it, each half as long as an item of the database, is refused', async () => {
  const { send, operator } = await haveCpo(database, await haveEmsp(database), '2.1.1');
  const half = random.slice(0, 240_000).join('');
  const golden = goldenDocument('2.1.1', 'cdr');
  const location = { ...(golden['location'] as object), nltnm_own: half };
  const cdr = { ...golden, location, nltnm_own: half };
  expect((await send('POST', 'cdrs', cdr)).statusCode).toBe(2001);
  expect((await operator.call('GET', '/roaming/cdrs')).body.items).toEqual([]);
});

describe('the records of large invoices', () => {
  it('one that bills 5,000 CDRs is kept whole, found by its last CDR, and changed', async () => {
    const { send, operator } = await haveCpo(database, await haveEmsp(database), '2.3.0');
    const cdrs = Array.from({ length: 5_000 }, (_none, n) => `CDR-${n}-${'x'.repeat(20)}`);
    const record = goldenDocument('2.3.0', 'invoiceRecord', { cdrs });
    const module = 'invoicereconciliation';

    expect((await send('POST', module, record)).http).toBe(201);
    const at = `${module}/DE/JNA/${String(record['id'])}`;
    expect((await send('GET', at)).data).toEqual(record);
    const [listed] = (await operator.call('GET', '/roaming/invoices')).body.items ?? [];
    expect(listed).toMatchObject({ cdrs: cdrs.length });
    const large = { ...record, nltnm: random.join(''), last_updated: '2027-01-01T00:00:00Z' };
    expect((await send('PUT', at, large)).statusCode).toBe(2001);
    expect((await send('GET', at)).data).toEqual(record);
  });
});
