import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../lambdas/api/routes.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type ChosenIds, oneOfEverything, pathOf } from '../one-of-everything.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
});

afterAll(async () => {
  await database.stop();
});

const oddCharacters = ['/', '%', '?', '#', '+', ' ', '.', '2', 'F', 'k', 'ß', 'é', '日', '&', ':'];
const oddId = fc.oneof(
  fc
    .array(fc.constantFrom(...oddCharacters), { minLength: 1, maxLength: 8 })
    .map((characters) => characters.join('')),
  fc.constantFrom('.', '..', '%2F', 'K%2F1', 'K%252F1', 'a?b', 'a#b', 'a b', 'a+b', '%', '%zz'),
);

const inPath = encodeURIComponent;

const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

describe('an id that an operator chooses', () => {
  it('a token id is refused at creation, or names exactly that token in every route', async () => {
    await fc.assert(
      fc.asyncProperty(oddId, async (tokenId) => {
        const operator = await newOperator(database);
        const created = await operator.call('POST', '/tokens', { tokenId });
        if (created.code !== undefined) {
          expect(created.code).toBe('INVALID_REQUEST');
          return;
        }
        const path = `/tokens/${inPath(tokenId)}`;
        const again = `/tokens/${inPath(inPath(tokenId))}`;
        expect((await operator.call('GET', path)).body['tokenId']).toBe(tokenId);
        const changed = await operator.call('PUT', path, { status: 'Blocked' });
        expect(changed.body).toMatchObject({ tokenId, status: 'Blocked' });
        if (inPath(tokenId) !== tokenId) {
          expect((await operator.call('DELETE', again)).code).toBe('TOKEN_NOT_FOUND');
        }
        expect((await operator.call('DELETE', path)).status).toBe(204);
        expect((await operator.call('GET', path)).code).toBe('TOKEN_NOT_FOUND');
      }),
      { numRuns: 60 },
    );
  });

  it('a charger id is refused at registration, or names exactly that charger in every route', async () => {
    await fc.assert(
      fc.asyncProperty(oddId, async (chargerId) => {
        const operator = await newOperator(database);
        const registered = await operator.call('POST', '/chargers', { chargerId });
        if (registered.code !== undefined) {
          expect(registered.code).toBe('INVALID_REQUEST');
          return;
        }
        const path = `/chargers/${inPath(chargerId)}`;
        expect((await operator.call('GET', path)).body['chargerId']).toBe(chargerId);
        expect((await operator.call('GET', `${path}/meter-keys`)).status).toBe(200);
      }),
      { numRuns: 40 },
    );
  });

  it('an account id is refused where it is chosen, for the account as for a token, or names exactly that account in every route', async () => {
    await fc.assert(
      fc.asyncProperty(oddId, async (accountId) => {
        const payer = await newOperator(database);
        await payer.call('POST', '/tokens', { tokenId: 'PAYS' });
        const registered = await payer.call('POST', '/accounts', {
          accountId,
          name: 'Payer',
          currency: 'EUR',
        });
        const charging = await payer.call('PUT', '/tokens/PAYS', { accountId });
        if (registered.code !== undefined) {
          expect([registered.code, charging.code]).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
          return;
        }
        const path = `/accounts/${inPath(accountId)}`;
        expect(charging.body).toMatchObject({ accountId });
        expect((await payer.call('GET', path)).body['accountId']).toBe(accountId);
        const statement = await payer.call('GET', `${path}/statements/2026-04`);
        expect(statement.body['accountId']).toBe(accountId);
        expect((await payer.call('DELETE', path)).status).toBe(204);
      }),
      { numRuns: 40 },
    );
  });

  it('an id in a path is decoded once: K%252F1 names the token K%2F1 and leaves K/1 and K1 alone', async () => {
    for (const tokenId of ['K%2F1', 'K1']) await operator.call('POST', '/tokens', { tokenId });

    expect((await operator.call('POST', '/tokens', { tokenId: 'K/1' })).code).toBe(
      'INVALID_REQUEST',
    );
    expect((await operator.call('DELETE', '/tokens/K%2F1')).code).toBe('ROUTE_NOT_FOUND');
    expect((await operator.call('DELETE', '/tokens/K%252F1')).status).toBe(204);
    const left = (await operator.call('GET', '/tokens')).body.items?.map((one) => one['tokenId']);
    expect(left?.filter((id) => String(id).startsWith('K'))).toEqual(['K1']);
  });
});

describe('the things of an operator whose ids are odd', () => {
  const plain: ChosenIds = {
    chargerId: 'C1',
    waitingChargerId: 'W1',
    tokenId: 'T1',
    accountId: 'A1',
    code: 'P1',
  };
  const odd: readonly ChosenIds[] = [
    {
      chargerId: 'C 1+2|@:=*.',
      waitingChargerId: 'W 1+2|@:=*.',
      tokenId: '%2F #+&=;@!~',
      accountId: 'a%252F#+ :*;',
      code: 'P-_1',
    },
    {
      chargerId: '=c + +',
      waitingChargerId: '..w',
      tokenId: '%',
      accountId: '%zz',
      code: 'P-1',
    },
  ];
  /** Routes whose paths name something, what they delete last, and a thing before what it belongs to. */
  const addressed = routes
    .filter(({ path }) => path.includes('{'))
    .toSorted(
      (a, b) =>
        order.indexOf(a.method) - order.indexOf(b.method) ||
        b.path.split('/').length - a.path.split('/').length ||
        (a.path < b.path ? -1 : 1),
    );

  it('each route that names a thing finds it by an odd id as by a plain one, and does the same', async () => {
    const outcomes = async (chosen: ChosenIds) => {
      const owner = await newOperator(database);
      const ids = await oneOfEverything(database, owner, chosen);
      const answers: string[] = [];
      for (const { method, path, example, body } of addressed) {
        const form = body === undefined ? undefined : (example ?? {});
        const { status, code } = await owner.call(method, pathOf(path, ids), form);
        answers.push(`${method} ${path}: ${status} ${code ?? ''}`);
      }
      return answers;
    };
    const expected = await outcomes(plain);
    expect(expected.filter((text) => text.includes('ROUTE_NOT_FOUND'))).toEqual([]);
    expect(expected.filter((text) => text.startsWith('GET') && text.includes('NOT_FOUND'))).toEqual(
      [],
    );
    for (const chosen of odd) expect(await outcomes(chosen)).toEqual(expected);
  });
});

describe('an id that nothing has', () => {
  const bodiless = routes.filter(({ path, body }) => path.includes('{') && body === undefined);

  it('an unknown id finds nothing in any route, whatever characters it has', async () => {
    // API Gateway cuts a decoded path at `?`: of an operator with things of its own, `F?/` could find F.
    const text = fc.oneof(oddId, fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bodiless), text, async ({ method, path }, id) => {
        const stranger = await newOperator(database);
        const encoded = id.isWellFormed() ? inPath(`${id}~`) : 'none';
        const asked = path.replaceAll(/\{\w+\}/g, encoded);
        const { code } = await stranger.call(method, asked);
        expect(code).toMatch(/_NOT_FOUND$|^INVALID_REQUEST$/);
      }),
      { numRuns: 80 },
    );
  });
});

describe('a text that no database can store unchanged', () => {
  const forms: readonly [string, string, (text: string) => object][] = [
    ['POST', '/tokens', (text) => ({ tokenId: text })],
    ['POST', '/tokens', (text) => ({ tokenId: 'T', accountId: text })],
    ['POST', '/tokens', (text) => ({ tokenId: 'T', [text]: 1 })],
    ['POST', '/chargers', (text) => ({ chargerId: 'C', name: text })],
    ['POST', '/tariffs', (text) => ({ name: text, currency: 'EUR', perKwh: 1 })],
    [
      'POST',
      '/tariffs',
      (text) => ({ name: 'T', currency: 'EUR', altTexts: [{ language: 'de', text }] }),
    ],
    ['POST', '/promo-codes', (text) => ({ code: text, kind: 'percent', percent: 1 })],
    ['POST', '/api-keys', (text) => ({ name: text, scopes: ['admin'] })],
    ['POST', '/cdrs/cdr_x/resolve', (text) => ({ decision: 'void', reason: text })],
    ['POST', '/cdrs/cdr_x/corrections', (text) => ({ reason: text, credit: true })],
    ['PUT', '/settings', (text) => ({ zeroEnergy: { bill: text } })],
  ];

  it.each(forms)(
    'a text that no database can store is refused with INVALID_REQUEST in %s %s',
    async (method, path, form) => {
      for (const odd of ['\ud83d', 'a\ud83d', '\udc00b', 'a\0b', '\0']) {
        const answer = await operator.call(method, path, form(odd));
        expect(answer.code).toBe('INVALID_REQUEST');
        expect(answer.body['details']).not.toEqual([]);
      }
    },
  );

  it('a text that no database can store is refused in a query and in a path', async () => {
    expect((await operator.call('GET', '/sessions?chargerId=%00')).code).toBe('INVALID_REQUEST');
    expect((await operator.call('GET', '/tokens/a%00b')).code).toBe('INVALID_REQUEST');
  });

  it('a field named after an inherited property of objects is refused', async () => {
    for (const body of ['{"tokenId":"T","__proto__":{}}', '{"tokenId":"T","constructor":1}']) {
      expect((await operator.call('POST', '/tokens', body)).code).toBe('INVALID_REQUEST');
    }
  });
});
