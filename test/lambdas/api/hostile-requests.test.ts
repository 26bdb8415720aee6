import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../lambdas/api/routes.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
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

describe('an id that is longer than any', () => {
  // Upper case takes three times the bytes of this letter, and a key of the database has 2048.
  const ids = ['x'.repeat(3000), 'ΐ'.repeat(1000), 'ΐ'.repeat(256)];

  for (const { method, path } of routes.filter((route) => route.path.includes('{'))) {
    it(`an overlong id finds nothing in ${method} ${path}`, async () => {
      for (const id of ids) {
        const asked = path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
        const { code } = await operator.call(method, asked);
        expect(code).toMatch(/NOT_FOUND$|^INVALID_REQUEST$/);
      }
    });
  }
});

describe('a number that is longer than any', () => {
  it('an overlong number is refused, however many digits it has', async () => {
    const perKwh = `${'1'.repeat(120_000)}.${'0'.repeat(130_000)}`;
    const answer = await operator.call('POST', '/tariffs', { name: 'T', currency: 'EUR', perKwh });

    expect(answer.code).toBe('INVALID_REQUEST');
  });
});

describe('a body that is not UTF-8', () => {
  // API Gateway has put a sign in the place of each byte that it could not decode.
  const latin1 = Buffer.from('{"name":"Müller"}', 'latin1').toString('utf8');

  for (const { method, path, body: form } of routes.filter(({ method }) => /^P/.test(method))) {
    it(`a body in ISO 8859-1 is refused in ${method} ${path}`, async () => {
      const asked = path.replaceAll(/\{\w+\}/g, 'any');
      const { code, body } = await operator.call(method, asked, latin1);

      expect(code).toBe(form === undefined ? 'INVALID_REQUEST' : 'INVALID_JSON');
      expect(body['details']).toEqual([
        { path: 'body', message: 'The body is not UTF-8: letters of its text are lost.' },
      ]);
    });
  }
});
