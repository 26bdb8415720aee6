import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { type JsonLiteral, NumberLiteral } from '../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { readToken } from '../../../lambdas/store/operators/tokens.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { invitePartner } from './invite-partner.ts';
import { partnerCredentials } from './partner-platform.ts';

let database: TestDatabase;
let uids = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** A partner that is registered with an operator of its own. */
const havePartner = async (version: string) => {
  const invited = await invitePartner(database, version);
  const { call, tokenA, operator } = invited;
  const at = `${version}/credentials`;
  const { data } = await call('POST', at, `Token ${tokenA}`, partnerCredentials(version));
  const { token } = data as { readonly token: string };
  uids += 1;
  const uid = `UID-${uids}`;
  const send = async (method: string, place: string, body?: JsonLiteral) =>
    await call(method, `cpo/${version}/tokens/${place}`, `Token ${token}`, body);
  return {
    send,
    uid,
    operator,
    statusOf: async () => (await readToken(database, operator.operatorId, uid))?.status,
  };
};

const tokenOf = (version: string, uid: string, more: object = {}): JsonLiteral => ({
  ...(version === '2.1.1'
    ? { auth_id: `NL-PAR-${uid}` }
    : { country_code: 'NL', party_id: 'PAR', contract_id: `NL-PAR-${uid}` }),
  ...{ uid, type: 'RFID', issuer: 'Partner', valid: true, whitelist: 'ALWAYS' },
  last_updated: '2026-04-14T16:30:00Z',
  ...more,
});

describe.each([...ocpiVersions])('the tokens of a partner of OCPI %s', (version) => {
  it('a number in a field that only the partner knows is sent back with every digit', async () => {
    const { send, uid } = await havePartner(version);
    const loyalty = { points: new NumberLiteral('12.50'), level: 'gold' };
    await send('PUT', `NL/PAR/${uid}`, tokenOf(version, uid, { loyalty }));

    const { data } = await send('GET', `NL/PAR/${uid}`);
    expect(writeJsonLiterals(data)).toContain('"loyalty":{"points":12.50,"level":"gold"}');
  });

  it('a token that is pushed is read back, changed by PATCH, and may charge while it is valid', async () => {
    const { send, uid, statusOf } = await havePartner(version);
    const at = `NL/PAR/${uid}`;
    expect((await send('GET', at)).http).toBe(404);
    expect(
      (await send('PATCH', at, { valid: false, last_updated: '2026-04-14T17:00:00Z' })).http,
    ).toBe(404);
    expect(await send('PUT', at, tokenOf(version, uid))).toMatchObject({
      http: 201,
      statusCode: 1000,
    });
    expect(await send('PUT', at, tokenOf(version, uid))).toMatchObject({
      http: 200,
      statusCode: 1000,
    });
    expect((await send('GET', at)).data).toMatchObject({ uid, valid: true });
    expect(await statusOf()).toBe('Accepted');

    const refused = await send('PATCH', at, { valid: false });
    expect([refused.http, refused.statusCode]).toEqual([200, 2001]);
    const changed = { valid: false, last_updated: '2026-04-14T17:00:00Z' };
    expect((await send('PATCH', at, changed)).statusCode).toBe(1000);
    expect(await statusOf()).toBe('Blocked');
    // One that was sent before and arrives late.
    expect((await send('PUT', at, tokenOf(version, uid))).statusCode).toBe(1000);
    expect(await statusOf()).toBe('Blocked');
  });

  it('a token of a party that is not the partner’s is 404, and one that is not that of its URL is 2001', async () => {
    const { send, uid, statusOf } = await havePartner(version);

    expect((await send('PUT', `NL/XXX/${uid}`, tokenOf(version, uid))).http).toBe(404);
    expect((await send('PUT', `NL/PAR/${uid}X`, tokenOf(version, uid))).statusCode).toBe(2001);
    expect(await statusOf()).toBeUndefined();
  });

  it('a partner takes no token of the operator', async () => {
    const { send, uid, operator, statusOf } = await havePartner(version);
    await operator.call('POST', '/tokens', { tokenId: uid, status: 'Blocked' });

    expect((await send('PUT', `NL/PAR/${uid}`, tokenOf(version, uid))).statusCode).toBe(2001);
    expect((await send('GET', `NL/PAR/${uid}`)).http).toBe(404);
    expect(await statusOf()).toBe('Blocked');
  });

  it('a token that has to be asked for each time is not accepted without asking', async () => {
    const { send, uid, statusOf } = await havePartner(version);
    await send('PUT', `NL/PAR/${uid}`, tokenOf(version, uid, { whitelist: 'NEVER' }));

    expect(await statusOf()).toBe('Invalid');
  });
});
