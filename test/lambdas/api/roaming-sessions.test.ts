import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginSession } from '../begin-session.ts';
import { countRequests } from '../count-requests.ts';
import { type CpoPartner, haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import { goldenDocument } from '../ocpi/golden-document.ts';
import { at } from '../plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const driver = 'DE-EMS-C00000017-X';

/** A driver with an account, and a partner at which it charges. */
const haveDriver = async (limits: object = {}) => {
  const operator = await haveEmsp(database);
  await operator.call('POST', '/accounts', {
    ...{ accountId: 'MILLER', name: 'Miller', currency: 'EUR', limits },
  });
  for (const tokenId of ['04A2B3C4D5', driver]) {
    await operator.call('POST', '/tokens', { tokenId, accountId: 'MILLER' });
  }
  return await haveCpo(database, operator, '2.2.1');
};

const putSession = async ({ send }: CpoPartner, id: string, more: object) => {
  const sent = goldenDocument('2.2.1', 'session', { id, ...more });
  expect((await send('PUT', `sessions/DE/JNA/${id}`, sent)).http).toBe(201);
};

type Shown = {
  readonly sessionId: string;
  readonly roaming: { readonly sessionId: string } | null;
};

/** The sessions of a list, all pages of `limit`: those at partners by the partner's id. */
const listed = async ({ operator }: CpoPartner, query = '', limit = 1) => {
  const ids: string[] = [];
  let cursor = '';
  do {
    const path = `/sessions?limit=${limit}${cursor}${query}`;
    const { status, body } = await operator.call('GET', path);
    expect(status).toBe(200);
    const items = (body.items ?? []) as unknown as readonly Shown[];
    ids.push(...items.map(({ sessionId, roaming }) => roaming?.sessionId ?? sessionId));
    cursor = body['nextCursor'] == null ? '' : `&cursor=${body['nextCursor']}`;
  } while (cursor !== '');
  return ids;
};

describe('sessions of drivers at roaming partners', () => {
  it('they are among the operator’s own, the latest start first, marked, and listed by state and account', async () => {
    const partner = await haveDriver();
    const { operator } = partner;
    const own = await beginSession(database, operator, { idTag: driver });
    await putSession(partner, 'BEFORE', { start_date_time: at(-30), status: 'COMPLETED' });
    await putSession(partner, 'AFTER', { start_date_time: at(30), status: 'ACTIVE' });
    const { sessionId } = own;

    for (const limit of [1, 2, 50]) {
      expect(await listed(partner, '', limit)).toEqual(['AFTER', sessionId, 'BEFORE']);
      expect(await listed(partner, '&accountId=MILLER', limit)).toEqual([
        ...['AFTER', sessionId, 'BEFORE'],
      ]);
      expect(await listed(partner, '&state=active', limit)).toEqual(['AFTER', sessionId]);
    }
    expect(await listed(partner, '&state=ended')).toEqual(['BEFORE']);
    expect(await listed(partner, '&state=void')).toEqual([]);
    expect(await listed(partner, '&roaming=true')).toEqual(['AFTER', 'BEFORE']);
    expect(await listed(partner, '&roaming=false')).toEqual([sessionId]);
    expect(await listed(partner, `&accountId=MILLER&state=active`)).toEqual(['AFTER', sessionId]);
    expect(await listed(partner, `&accountId=OTHER`)).toEqual([]);
    expect(await listed(partner, `&from=${at(0)}&to=${at(10)}`)).toEqual([sessionId]);

    const { body } = await operator.call('GET', '/sessions?roaming=true&limit=1');
    const [shown] = body.items ?? [];
    expect(shown).toMatchObject({
      ...{ tokenId: '04A2B3C4D5', accountId: 'MILLER', state: 'active', startedAt: at(30) },
      roaming: { partnerId: partner.partnerId, sessionId: 'AFTER', status: 'ACTIVE' },
    });
    const one = await operator.call('GET', `/sessions/${shown?.['sessionId']}`);
    expect(one.body).toEqual({ ...shown, startedBy: null, stoppedBy: null });
    const other = await haveEmsp(database);
    const foreign = await other.call('GET', `/sessions/${shown?.['sessionId']}`);
    expect(foreign.code).toBe('SESSION_NOT_FOUND');
    expect((await own.shown())['roaming']).toBeNull();
  });

  it('a page of all takes the three queries of own sessions and no more', async () => {
    const partner = await haveDriver();
    await putSession(partner, 'AFTER', { start_date_time: at(30) });
    const { reads } = await countRequests(database, () => listed(partner, '', 50));
    expect(reads.filter((one) => one === 'Query')).toHaveLength(3);
  });
});

describe('an account whose drivers charge at roaming partners', () => {
  const useOf = async ({ operator }: CpoPartner) =>
    (await operator.call('GET', '/accounts/MILLER')).body['use'];
  const month = new Date().toISOString().slice(0, 7);
  const post = async ({ send }: CpoPartner, id: string, more: object = {}) => {
    const ended = `${month}-01T10:00:00Z`;
    const times = { start_date_time: `${month}-01T09:00:00Z`, end_date_time: ended };
    const total_cost = { excl_vat: 10, incl_vat: 12.3456 };
    const sent = { id, ...times, total_cost, total_energy: 20.5, ...more };
    return (await send('POST', 'cdrs', goldenDocument('2.2.1', 'cdr', sent))).http;
  };

  it('their CDRs count for its limits, each once, a credit against it, and those of other months not', async () => {
    const partner = await haveDriver({ inclVat: '20.00' });
    expect(await useOf(partner)).toMatchObject({ energyKwh: 0, reached: [] });
    expect(await post(partner, 'C-1')).toBe(201);
    expect(await post(partner, 'C-1')).toBe(200);
    expect(await useOf(partner)).toMatchObject({ energyKwh: 20.5, reached: [] });
    expect(await post(partner, 'OLD', { end_date_time: '2020-01-01T10:00:00Z' })).toBe(201);
    expect(await post(partner, 'C-2')).toBe(201);
    expect(await useOf(partner)).toMatchObject({ energyKwh: 41, reached: ['money'] });
    const asked = await partner.send('POST', `tokens/${driver}/authorize`);
    expect(asked.data).toMatchObject({ allowed: 'NO_CREDIT' });

    const credit = { credit: true, credit_reference_id: 'C-2' };
    const back = { ...credit, total_cost: { excl_vat: -10, incl_vat: -12.3456 } };
    expect(await post(partner, 'C-2-C', back)).toBe(201);
    expect(await useOf(partner)).toMatchObject({ energyKwh: 20.5, reached: [] });
  });
});
