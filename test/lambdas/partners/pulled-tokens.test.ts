import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import { readToken } from '../../../lambdas/store/operators/tokens.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import type { Golden } from '../ocpi/golden-document.ts';
import { newOperator } from '../plant.ts';
import { beginPulls, drainPulls, partnerWith, pullOf } from './pulling-plant.ts';
import { addPartner } from './roaming-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** A token of a driver of the partner, as its version has it. */
const tokenOf = (version: string, uid: string, more: object = {}): Golden => ({
  ...(version === '2.1.1'
    ? { auth_id: `NL-PAR-${uid}` }
    : { country_code: 'NL', party_id: 'PAR', contract_id: `NL-PAR-${uid}` }),
  ...{ uid, type: 'RFID', issuer: 'Partner', valid: true, whitelist: 'ALWAYS' },
  last_updated: '2026-04-14T16:30:00Z',
  ...more,
});

describe.each([...ocpiVersions])('the tokens of drivers of a partner of OCPI %s', (version) => {
  const token = (uid: string, more: object = {}) => tokenOf(version, uid, more);
  const blocked = { valid: false, last_updated: '2026-05-01T08:00:00Z' };
  const havePartner = async () => {
    const operator = await newOperator(database);
    const partner = await addPartner(database, operator, version, { senders: ['tokens'] });
    const statusOf = async (uid: string) =>
      (await readToken(database, operator.operatorId, uid))?.status;
    const pull = async (request: RequestText, form: object = {}, how = {}) => {
      await beginPulls(partner, { modules: ['tokens'], ...form });
      await drainPulls(database, partner, request, how);
      return await pullOf(partner, 'tokens');
    };
    return { ...partner, partner, operator, statusOf, pull };
  };

  it('all are read page by page the first time, then what changed since: they charge while they are valid', async () => {
    const { pull, statusOf } = await havePartner();
    const tokens = ['A', 'B', 'C', 'D', 'E'].map((uid) => token(uid));
    const { asked, request } = partnerWith({ tokens });

    expect(await pull(request, {}, { twice: true })).toMatchObject({
      ...{ state: 'complete', received: 5, refused: 0, total: 5, since: null },
    });
    expect(await Promise.all(['A', 'B', 'C', 'D', 'E'].map(statusOf))).toEqual(
      Array(5).fill('Accepted'),
    );
    tokens[1] = token('B', blocked);
    asked.length = 0;
    expect(await pull(request)).toMatchObject({ since: '2026-04-14T16:30:00.000Z' });
    expect(asked[0]).toContain('date_from=2026-04-14T16%3A30%3A00.000Z');
    expect([await statusOf('A'), await statusOf('B')]).toEqual(['Accepted', 'Blocked']);
    asked.length = 0;
    expect(await pull(request)).toMatchObject({ received: 1, since: '2026-05-01T08:00:00.000Z' });
    expect(await pull(request, { full: true })).toMatchObject({ received: 5, since: null });
    expect(await statusOf('B')).toBe('Blocked');
  });

  it('a pull goes on where it was after a crash, and after a partner that could not be reached', async () => {
    const { partner, pull, statusOf } = await havePartner();
    const tokens = ['A', 'B', 'C', 'D', 'E'].map((uid) => token(uid));
    const { asked, request, failNext } = partnerWith({ tokens });
    // The message of the second page is lost.
    expect(await pull(request, {}, { most: 1 })).toMatchObject({ state: 'running', received: 2 });
    failNext(2);
    asked.length = 0;
    expect(await pull(request)).toMatchObject({ state: 'complete', received: 5 });
    expect(asked.some((url) => url.includes('offset=0'))).toBe(false);
    expect(await statusOf('E')).toBe('Accepted');
    expect((await partner.send('GET', 'tokens/NL/PAR/E')).http).toBe(200);
  });

  it('a page that was read before a push, and comes after it, sets nothing back', async () => {
    const { pull, pushToken, statusOf } = await havePartner();
    const { request } = partnerWith({ tokens: [token('A'), token('B')] });
    await pushToken('A', { ...blocked, last_updated: '2026-04-14T15:00:00Z' });
    const between: RequestText = async (asked) => {
      const page = await request(asked);
      await pushToken('A', blocked);
      return page;
    };
    expect(await pull(between)).toMatchObject({ state: 'complete', received: 2, refused: 0 });
    expect([await statusOf('A'), await statusOf('B')]).toEqual(['Blocked', 'Accepted']);
    // Nor does a push that comes late.
    await pushToken('A');
    expect(await statusOf('A')).toBe('Blocked');
  });

  it('pushes and pages of one token at once leave it as it changed last', async () => {
    const { pull, pushToken, statusOf } = await havePartner();
    const { request } = partnerWith({ tokens: [token('A')] });
    const times = ['2026-04-14T17:00:00Z', '2026-04-14T18:00:00Z', '2026-04-14T19:00:00Z'];
    await Promise.all([
      pull(request),
      pushToken('A', blocked),
      ...times.map((last_updated) => pushToken('A', { last_updated })),
    ]);
    expect(await statusOf('A')).toBe('Blocked');
  });

  it('one of the operator, of another party, or without what it needs keeps no other from being kept, and is shown', async () => {
    const { operator, pull, statusOf } = await havePartner();
    await operator.call('POST', '/tokens', { tokenId: 'OWN', status: 'Blocked' });
    const { valid: _valid, ...broken } = token('BROKEN');
    const foreign = version === '2.1.1' ? [] : [token('FOREIGN', { party_id: 'XXX' })];
    const tokens = [token('OWN'), broken as Golden, ...foreign, token('LAST')];
    expect(await pull(partnerWith({ tokens }).request)).toMatchObject({
      ...{ state: 'complete', received: 1, refused: 2 + foreign.length },
      examples: [
        { id: 'OWN', problems: [{ path: 'uid' }] },
        { id: 'BROKEN', problems: [{ path: 'valid' }] },
        ...foreign.map(() => ({ id: 'FOREIGN', problems: [{ path: 'party_id' }] })),
      ],
    });
    const statuses = ['OWN', 'BROKEN', 'FOREIGN', 'LAST'].map(statusOf);
    expect(await Promise.all(statuses)).toEqual(['Blocked', undefined, undefined, 'Accepted']);
  });

  it('as eMSP no tokens are pulled, and as CPO nothing else', async () => {
    const cpo = await haveCpo(database, await haveEmsp(database), version);
    await beginPulls(cpo);
    expect(await pullOf(cpo, 'tokens')).toBeUndefined();
    expect(await pullOf(cpo, 'locations')).toMatchObject({ state: 'running' });
    const operator = await newOperator(database);
    const senders = ['tokens', 'locations', 'cdrs'];
    const emsp = await addPartner(database, operator, version, { senders });
    await beginPulls(emsp);
    expect(await pullOf(emsp, 'tokens')).toMatchObject({ state: 'running' });
    expect(await pullOf(emsp, 'locations')).toBeUndefined();
    expect(await pullOf(emsp, 'cdrs')).toBeUndefined();
  });
});
