import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveChargers } from '../../contracts/have-chargers.ts';
import { countRequests } from '../count-requests.ts';
import { oneOfEverything } from '../one-of-everything.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await oneOfEverything(database, operator);
  await haveChargers(database, operator.operatorId, 10_000);
});

afterAll(async () => {
  await database.stop();
});

const withCharger = (path: string, states: readonly string[]): readonly string[] =>
  ['', ...states.map((state) => `&state=${state}`)].flatMap((state) => [
    `${path}?limit=100${state}`,
    `${path}?limit=100${state}&chargerId=API-1`,
    `${path}?limit=100${state}&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`,
  ]);

describe('a page of a list of an operator with 10,000 chargers', () => {
  it.each([
    ...withCharger('/sessions', ['active', 'ended', 'void']),
    ...withCharger('/sessions/active', []),
    ...withCharger('/cdrs', ['held', 'sealed', 'credited']),
    '/chargers?limit=100',
    '/tokens?limit=100',
    '/tariffs?limit=100',
    '/promo-codes?limit=100',
    '/api-keys?limit=100',
  ])('a page of a list at 10,000 chargers takes at most 3 queries: %s', async (path) => {
    let status: number | undefined;
    const { reads } = await countRequests(database, async () => {
      status = (await operator.call('GET', path)).status;
    });
    const queries = reads.filter((name) => name === 'Query').length;

    expect(status).toBe(200);
    expect(queries).toBeGreaterThanOrEqual(1);
    expect(queries).toBeLessThanOrEqual(3);
  });
});
