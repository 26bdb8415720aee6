import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { readToken } from '../../../lambdas/store/operators/tokens.ts';
import {
  keepCommandedToken,
  readRoamingToken,
} from '../../../lambdas/store/partners/partner-tokens.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, openRoaming } from '../partners/roaming-plant.ts';
import { haveCpo, haveEmsp } from './cpo-partner.ts';
import { goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const tokenOf = (version: string, uid: string, partyId: string, more: object = {}) => ({
  ...(version === '2.1.1'
    ? { auth_id: `NL-${partyId}-${uid}` }
    : { country_code: 'NL', party_id: partyId, contract_id: `NL-${partyId}-${uid}` }),
  ...{ uid, type: 'RFID', issuer: 'Partner', valid: true, whitelist: 'ALWAYS' },
  last_updated: '2026-04-14T16:30:00Z',
  ...more,
});

describe.each([...ocpiVersions])('what others reported of OCPI products, in %s', (version) => {
  it('an object that changed at the boundary of two polls is in the later one alone, in every list (citrineos#222)', async () => {
    const roaming = await openRoaming(database);
    const partner = await addPartner(database, roaming.operator, version);
    await partner.pushToken('EDGE-1');
    const session = await roaming.begin('EDGE-1');
    await roaming.publish();
    await session.end();
    await roaming.publish();
    for (const module of ['locations', 'tariffs', 'sessions', 'cdrs']) {
      const [object] = await partner.list(module);
      const at = String(object?.['last_updated']);
      const far = '2020-01-01T00:00:00Z';
      expect(await partner.list(module, { date_from: far, date_to: at }), module).toEqual([]);
      expect(await partner.list(module, { date_from: at }), module).toHaveLength(1);
    }
  });

  it('a second connection that states the party of the first sees and changes nothing of it (ocpi#284)', async () => {
    const roaming = await openRoaming(database);
    const first = await addPartner(database, roaming.operator, version);
    await first.pushToken('TWICE-1');
    const session = await roaming.begin('TWICE-1');
    await roaming.publish();
    const second = await addPartner(database, roaming.operator, version);

    expect(await first.list('sessions')).toHaveLength(1);
    expect(await second.list('sessions')).toEqual([]);
    const blocked = tokenOf(version, 'TWICE-1', 'PAR', { valid: false });
    expect((await second.send('PUT', 'tokens/NL/PAR/TWICE-1', blocked)).statusCode).toBe(2001);
    expect((await second.send('GET', 'tokens/NL/PAR/TWICE-1')).http).toBe(404);
    const stop = { response_url: 'https://partner.example/r/1', session_id: session.sessionId };
    expect((await second.send('POST', 'commands/STOP_SESSION', stop)).data).toMatchObject({
      result: 'UNKNOWN_SESSION',
    });
    const kept = await readToken(database, roaming.operator.operatorId, 'TWICE-1');
    expect(kept?.status).toBe('Accepted');
  });

  it('a token of a party that the partner does not speak for is refused (ocpi#319)', async () => {
    const roaming = await openRoaming(database);
    const partner = await addPartner(database, roaming.operator, version);
    const strange = tokenOf(version, 'STRANGE-1', 'OTH');
    expect((await partner.send('PUT', 'tokens/NL/OTH/STRANGE-1', strange)).http).toBe(404);
    if (version !== '2.1.1') {
      const answer = await partner.send('PUT', 'tokens/NL/PAR/STRANGE-1', strange);
      expect(answer.statusCode).toBe(2001);
    }
    expect(await readToken(database, roaming.operator.operatorId, 'STRANGE-1')).toBeUndefined();
  });

  it('a token with the uid of a card is refused as long as the card is valid, which stays as it is (ocpi#306)', async () => {
    const roaming = await openRoaming(database);
    const partner = await addPartner(database, roaming.operator, version);
    const at = 'tokens/NL/PAR/SAME-1';
    await partner.send('PUT', at, tokenOf(version, 'SAME-1', 'PAR'), { type: 'RFID' });
    const other = tokenOf(version, 'SAME-1', 'PAR', { type: 'OTHER' });
    const second = await partner.send('PUT', at, other, { type: 'OTHER' });
    const patch = { valid: false, last_updated: '2026-05-01T00:00:00Z' };
    const patched = await partner.send('PATCH', at, patch, { type: 'OTHER' });
    const rfid = await partner.send('GET', at, undefined, { type: 'RFID' });
    // A charger reads the uid alone: one of them would charge on the contract of the other.
    expect([second.statusCode, second.message]).toEqual([2001, expect.stringContaining('uid')]);
    expect(patched.http).toBe(404);
    expect(rfid.data).toMatchObject({ uid: 'SAME-1', type: 'RFID', valid: true });
    expect((await partner.send('PATCH', at, patch)).statusCode).toBe(1000);
    const later = { ...other, last_updated: '2026-05-02T00:00:00Z' };
    expect((await partner.send('PUT', at, later, { type: 'OTHER' })).statusCode).toBe(1000);
    const read = await partner.send('GET', at, undefined, { type: 'OTHER' });
    expect(read.data).toMatchObject({ uid: 'SAME-1', type: 'OTHER', valid: true });
  });
});

it('a card of which its partner was asked is as safe from a token of another type (ocpi#306)', async () => {
  const { operator } = await openRoaming(database);
  const { operatorId } = operator;
  const partner = await addPartner(database, operator, '2.2.1');
  const at = 'tokens/NL/PAR/ASKED-1';
  await partner.send('PUT', at, tokenOf('2.2.1', 'ASKED-1', 'PAR'), { type: 'RFID' });
  const held = await readRoamingToken(database, operatorId, 'ASKED-1');
  if (held === undefined) throw new Error('not pushed');
  const until = new Date(Date.now() + 300_000).toISOString();
  const asked = { until, isAsked: true } as const;
  await keepCommandedToken(database, operatorId, 'ASKED-1', held, asked, until);
  const other = tokenOf('2.2.1', 'ASKED-1', 'PAR', { type: 'OTHER' });
  expect((await partner.send('PUT', at, other, { type: 'OTHER' })).statusCode).toBe(2001);
  expect((await readRoamingToken(database, operatorId, 'ASKED-1'))?.token.type).toBe('RFID');
});

describe('what others reported of sessions of 2.1.1', () => {
  it.each([0, 1, 2])(
    'a session whose location has %i EVSEs is kept as it is, and listed (ocpi#469)',
    async (count) => {
      const { send, operator } = await haveCpo(database, await haveEmsp(database), '2.1.1');
      const golden = goldenDocument('2.1.1', 'session');
      const place = golden['location'] as { readonly evses: readonly [object] };
      const evses = Array.from({ length: count }, (_none, n) => ({
        ...place.evses[0],
        uid: `E-${n}`,
      }));
      const session = { ...golden, location: { ...place, type: 'UNKNOWN', evses } };
      const at = `sessions/DE/JNA/${String(golden['id'])}`;

      const { statusCode, message } = await send('PUT', at, session);
      expect([statusCode, message]).toEqual([1000, expect.any(String)]);
      expect((await send('GET', at)).data).toMatchObject({ id: golden['id'] });
      expect((await operator.call('GET', '/roaming/sessions')).body.items).toHaveLength(1);
    },
  );
});
