import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import { writeRoamingToken } from '../../../lambdas/store/partners/partner-tokens.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';
import { partnerPlatform } from './partner-platform.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

// A clock of its own: two changes are never at one time.
let clock = Date.now();
const now = () => {
  clock += 10;
  return clock;
};

/** Runs what messages ask for, and what these ask for. */
const run = async (...messages: readonly PartnerMessage[]): Promise<void> => {
  const waiting = [...messages];
  const send = async (more: readonly PartnerMessage[]) => void waiting.push(...more);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { request } = partnerPlatform('2.2.1');
    const services = { request, keyOf: async () => new Uint8Array(32), ocpiUrl: '', now };
    await takeMessage({ database, services, send, push: async () => {}, now }, next);
  }
};

const changed = async ({ operator }: CpoPartner, tokenId: string): Promise<void> => {
  await run({ kind: 'token', operatorId: operator.operatorId, tokenId });
};

const tokensOf = async ({ send }: CpoPartner, query = ''): Promise<readonly Golden[]> =>
  (await send('GET', `tokens${query}`)).data as readonly Golden[];

describe.each([...ocpiVersions])(
  'the tokens of our drivers for a partner of OCPI %s',
  (version) => {
    const named = (uid: string) =>
      version === '2.1.1'
        ? { auth_id: uid }
        : { country_code: 'DE', party_id: 'EMS', contract_id: uid };

    it('tokens are read page by page in the order in which they were shown, and what changed since a time', async () => {
      const partner = await haveCpo(database, await haveEmsp(database), version);
      const { operator, send } = partner;
      for (const tokenId of ['CARD-B', 'CARD-A'])
        await operator.call('POST', '/tokens', { tokenId });
      await run({ kind: 'tokens', operatorId: operator.operatorId });
      await operator.call('POST', '/tokens', { tokenId: 'CARD-0', accountId: 'fleet' });
      await changed(partner, 'CARD-0');

      const shown = await tokensOf(partner);
      expect(shown).toMatchObject([
        {
          uid: 'CARD-A',
          type: 'RFID',
          issuer: 'Ours',
          valid: true,
          whitelist: 'ALLOWED',
          ...named('CARD-A'),
        },
        { uid: 'CARD-B' },
        { uid: 'CARD-0', whitelist: 'NEVER' },
      ]);
      const page = await send('GET', 'tokens?limit=2&offset=0');
      expect(page.headers).toMatchObject({ 'X-Total-Count': '3', 'X-Limit': '100' });
      expect(page.headers['Link']).toContain('offset=2');
      expect((await tokensOf(partner, '?offset=2')).map(({ uid }) => uid)).toEqual(['CARD-0']);

      const before = new Date(now()).toISOString();
      await operator.call('PUT', '/tokens/CARD-A', { status: 'Blocked' });
      await operator.call('DELETE', '/tokens/CARD-B');
      // Looked at twice, which changes nothing more.
      for (const id of ['CARD-A', 'CARD-B', 'CARD-A', 'CARD-B', 'CARD-0'])
        await changed(partner, id);
      expect(await tokensOf(partner, `?date_from=${before}`)).toMatchObject([
        { uid: 'CARD-A', valid: false },
        { uid: 'CARD-B', valid: false },
      ]);
    });

    it('whether a token may charge is answered by status, end, group and the limits of its account', async () => {
      const partner = await haveCpo(database, await haveEmsp(database), version);
      const { operator, send } = partner;
      const none = { limits: { energyKwh: 0 } };
      const account = { accountId: 'empty', name: 'Empty', currency: 'EUR', ...none };
      expect((await operator.call('POST', '/accounts', account)).status).toBe(201);
      for (const token of [
        { tokenId: 'GOOD' },
        { tokenId: 'BAD', status: 'Blocked' },
        { tokenId: 'OLD', validUntil: '2020-01-01T00:00:00Z' },
        { tokenId: 'CHILD', parentTokenId: 'BAD' },
        { tokenId: 'POOR', accountId: 'empty' },
        { tokenId: 'NONE', status: 'Invalid' },
      ]) {
        expect((await operator.call('POST', '/tokens', token)).status).toBe(201);
      }
      const ask = async (uid: string, body?: object, query = '') =>
        await send('POST', `tokens/${uid}/authorize${query}`, body);
      const allowed = async (uid: string) => ((await ask(uid)).data as Golden)['allowed'];

      expect(await allowed('GOOD')).toBe('ALLOWED');
      expect(await allowed('good')).toBe('ALLOWED');
      expect(await allowed('BAD')).toBe('BLOCKED');
      expect(await allowed('OLD')).toBe('EXPIRED');
      expect(await allowed('CHILD')).toBe('BLOCKED');
      expect(await allowed('POOR')).toBe('NO_CREDIT');
      expect(await allowed('NONE')).toBe('NOT_ALLOWED');
      const place = goldenDocument(version, 'locationReferences');
      const { data } = await ask('GOOD', place, '?type=RFID');
      expect(data).toMatchObject({ allowed: 'ALLOWED', location: place });
      if (version === '2.1.1') {
        // No later version names connectors: the driver may charge at those that were asked about.
        const connectors = { ...place, connector_ids: ['1', '2'] };
        const answered = await ask('GOOD', connectors);
        expect(answered.data).toMatchObject({ allowed: 'ALLOWED', location: connectors });
        const wrong = await ask('GOOD', { ...place, connector_ids: [{}] });
        expect([wrong.statusCode, wrong.message]).toEqual([
          2001,
          expect.stringContaining('connector_ids[0]'),
        ]);
      }
      if (version !== '2.1.1') {
        expect((data as Golden)['token']).toMatchObject({ uid: 'GOOD', ...named('GOOD') });
      }
      expect((await ask('GOOD', { evse_uids: 1 })).statusCode).toBe(2001);
    });

    it('a token that nobody has, of another type, or of another partner’s driver is unknown: 404 with 2004', async () => {
      const partner = await haveCpo(database, await haveEmsp(database), version);
      const { operator, send } = partner;
      await operator.call('POST', '/tokens', { tokenId: 'GOOD' });
      const token = {
        ...{ countryCode: 'NL', partyId: 'OTH', uid: 'THEIRS', type: 'RFID', contractId: 'X' },
        ...{ issuer: 'Other', valid: true, whitelist: 'ALWAYS' },
        lastUpdated: '2026-04-14T16:30:00.000Z',
      };
      const theirs = { partnerId: 'ptn_other', token };
      await writeRoamingToken(database, operator.operatorId, theirs, token.lastUpdated);

      for (const place of ['NOBODY/authorize', 'THEIRS/authorize', 'GOOD/authorize?type=OTHER']) {
        const { http, statusCode } = await send('POST', `tokens/${place}`);
        expect([place, http, statusCode]).toEqual([place, 404, version === '2.1.1' ? 2000 : 2004]);
      }
      for (const [method, place] of [
        ['GET', 'tokens/GOOD'],
        ['POST', 'tokens/GOOD'],
        ['PUT', 'tokens/DE/EMS/GOOD'],
      ] as const) {
        expect((await send(method, place)).http).toBe(404);
      }
      await run({ kind: 'tokens', operatorId: operator.operatorId });
      expect((await tokensOf(partner)).map(({ uid }) => uid)).toEqual(['GOOD']);
    });

    it('a partner of another operator is shown none of our tokens, and finds none', async () => {
      const mine = await haveCpo(database, await haveEmsp(database), version);
      await mine.operator.call('POST', '/tokens', { tokenId: 'MINE' });
      await run({ kind: 'tokens', operatorId: mine.operator.operatorId });
      const other = await haveCpo(database, await haveEmsp(database), version);

      expect(await tokensOf(other)).toEqual([]);
      expect((await other.send('POST', 'tokens/MINE/authorize')).http).toBe(404);
    });
  },
);
