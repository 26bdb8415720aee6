import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { oddProperties, oddTexts } from '../odd-texts.ts';
import { scan } from '../plant.ts';
import { invitePartner } from './invite-partner.ts';
import { partnerCredentials } from './partner-platform.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** A partner that is registered, and its calls about its tokens; the place of one is its id, as it is decoded. */
const havePartner = async (version: string) => {
  const { call, tokenA } = await invitePartner(database, version);
  const own = partnerCredentials(version);
  const { data } = await call('POST', `${version}/credentials`, `Token ${tokenA}`, own);
  const authorization = `Token ${(data as { readonly token: string }).token}`;
  return async (method: string, uid: string, body?: string) =>
    await call(method, `cpo/${version}/tokens/NL/PAR/${uid}`, authorization, body);
};

const tokenOf = (version: string, uid: string) => ({
  ...(version === '2.1.1'
    ? { auth_id: 'NL-PAR-1' }
    : { country_code: 'NL', party_id: 'PAR', contract_id: 'NL-PAR-1', group_id: 'g' }),
  ...{ uid, type: 'RFID', issuer: 'Partner', valid: true, whitelist: 'ALWAYS' },
  ...{ visual_number: 'v', language: 'de', last_updated: '2026-04-14T16:30:00Z' },
});

/** A document once for each of its texts, that one written as given; the type, of which there are a few words, is part of the name. */
const textsWith = (document: object, literal: string): readonly string[] => {
  const whole = JSON.stringify(document);
  return [...whole.matchAll(/(?<!"type"):("[^"]*")/g)].map(
    ({ index, 1: text = '' }) =>
      whole.slice(0, index + 1) + literal + whole.slice(index + 1 + text.length),
  );
};

const oddUids = [
  '\ud83d',
  'a\udc00b',
  'a\0',
  '\ufeff',
  '\u202ea',
  '日本',
  'a b',
  'A%2FB',
  '..',
  '__proto__',
];
const longUids = [36, 37, 900, 1_100, 2_100].map((length) => 'x'.repeat(length));

describe.each([...ocpiVersions])('a partner of OCPI %s that sends odd texts', (version) => {
  it('the id of a token is refused, or names exactly that token, whatever characters it has and however long it is', async () => {
    const send = await havePartner(version);

    for (const uid of [...oddUids, ...longUids]) {
      const pushed = await send('PUT', uid, JSON.stringify(tokenOf(version, uid)));
      const { statusCode, data } = await send('GET', uid);

      expect([uid, pushed.statusCode]).toEqual([uid, expect.toBeOneOf([1000, 2001])]);
      expect([uid, statusCode]).toEqual([uid, pushed.statusCode]);
      if (statusCode === 1000) expect((data as { readonly uid: JsonLiteral }).uid).toBe(uid);
    }
  });

  it('an odd text in any place of a token is refused, or kept so that the token can be read back and changed', async () => {
    const send = await havePartner(version);
    const whole = tokenOf(version, 'U');
    const later = { ...whole, last_updated: '2027-04-14T16:30:00Z' };
    const odd = (document: object): readonly string[] => [
      ...Object.values(oddTexts).flatMap((literal) => textsWith(document, literal)),
      ...Object.values(oddProperties).map(
        (property) => `{${property},${JSON.stringify(document).slice(1)}`,
      ),
    ];

    for (const [method, document] of [
      ['PUT', whole],
      ['PATCH', later],
    ] as const) {
      for (const body of odd(document)) {
        await send('PUT', 'U', JSON.stringify(whole));
        const changed = await send(method, 'U', body);
        expect([body.slice(0, 300), changed.statusCode]).toEqual([
          expect.anything(),
          expect.toBeOneOf([1000, 2001]),
        ]);
        expect((await send('GET', 'U')).statusCode).toBe(1000);
      }
    }
  });
});

describe('what partners sent', () => {
  it('texts of partners are stored well-formed and without zero bytes', async () => {
    for (const version of ocpiVersions) {
      const send = await havePartner(version);
      for (const uid of oddUids) await send('PUT', uid, JSON.stringify(tokenOf(version, uid)));
    }

    const stored = (await scan(database, database.state)).map((item) => JSON.stringify(item));
    expect(stored.filter((item) => item.includes('"tokenId"')).length).toBeGreaterThan(10);
    expect(stored.filter((item) => /\\u0000|\\\\u0000|\\u[dD][89abAB]/.test(item))).toEqual([]);
  });
});
